"""What tokens may be allowed to do, as HighLevel's page of scopes names it."""

_SCOPES = """
    adPublishing.readonly adPublishing.write affiliate-manager.readonly agent-studio.readonly
    agent-studio.write associations.readonly associations.write associations/relation.readonly
    associations/relation.write blogs/author.readonly blogs/category.readonly
    blogs/check-slug.readonly blogs/list.readonly blogs/post-update.write blogs/post.write
    blogs/posts.readonly brand-boards/design-kit.readonly brand-boards/design-kit.write
    businesses.readonly businesses.write calendars.readonly calendars.write
    calendars/events.readonly calendars/events.write calendars/groups.readonly
    calendars/groups.write calendars/resources.readonly calendars/resources.write
    campaigns.readonly charges.readonly charges.write companies.readonly contacts.readonly
    contacts.write conversation-ai.readonly conversation-ai.write conversations.readonly
    conversations.write conversations/livechat.write conversations/message.readonly
    conversations/message.write courses.write custom-menu-link.readonly custom-menu-link.write
    emails/builder.readonly emails/builder.write emails/schedule.readonly forms.readonly
    forms.write funnels/funnel.readonly funnels/page.readonly funnels/pagecount.readonly
    funnels/redirect.readonly funnels/redirect.write invoices.readonly invoices.write
    invoices/estimate.readonly invoices/estimate.write invoices/schedule.readonly
    invoices/schedule.write invoices/template.readonly invoices/template.write lc-email.readonly
    links.readonly links.write locations.internal-access-only locations.readonly locations.write
    locations/customFields.readonly locations/customFields.write locations/customValues.readonly
    locations/customValues.write locations/tags.readonly locations/tags.write
    locations/tasks.readonly locations/templates.readonly
    marketplace-external-auth-migration.write marketplace-installer-details.readonly
    medias.readonly medias.write numberpools.read oauth.readonly oauth.write
    objects/record.readonly objects/record.write objects/schema.readonly objects/schema.write
    opportunities.readonly opportunities.write payments/coupons.readonly payments/coupons.write
    payments/custom-provider.readonly payments/custom-provider.write
    payments/integration.readonly payments/integration.write payments/orders.collectPayment
    payments/orders.readonly payments/orders.write payments/subscriptions.readonly
    payments/transactions.readonly phonenumbers.read phonenumbers.write products.readonly
    products.write products/collection.readonly products/collection.write
    products/prices.readonly products/prices.write snapshots.readonly
    socialplanner/account.readonly socialplanner/account.write socialplanner/category.readonly
    socialplanner/csv.readonly socialplanner/csv.write socialplanner/oauth.readonly
    socialplanner/oauth.write socialplanner/post.readonly socialplanner/post.write
    socialplanner/statistics.readonly socialplanner/tag.readonly surveys.readonly users.readonly
    users.write voice-ai-agent-goals.readonly voice-ai-agent-goals.write
    voice-ai-agents.readonly voice-ai-agents.write voice-ai-dashboard.readonly
    workflows.readonly
"""
SCOPES = frozenset(_SCOPES.split())
"""All of them: what tokens have unless less is asked for."""
