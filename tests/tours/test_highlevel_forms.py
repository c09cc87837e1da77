"""Forms and surveys, and what people send by them."""

from pathlib import Path

from tests.tours.travel import Tour, travel


def test_what_was_sent_by_forms_and_surveys_is_listed(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact = await tour.call("highlevel.contacts.upsert", email="bo@example.com", name="Bo")
        (form, _) = (await tour.call("highlevel.forms.list"))["forms"]
        (survey,) = (await tour.call("highlevel.surveys.list"))["surveys"]
        for paper, answers in ((form, {"full_name": "Bo"}), (survey, {"rating": "5"})):
            await tour.rig.control(
                "POST",
                "/control/highlevel/submissions",
                {
                    "paper_id": paper["id"],
                    "contact_id": contact["contact"]["id"],
                    "answers": answers,
                },
            )

        by_form = await tour.call("highlevel.form_submissions.list", formId=form["id"])
        by_survey = await tour.call("highlevel.survey_submissions.list", q="bo@example.com")
        (sent,), (answered,) = by_form["submissions"], by_survey["submissions"]
        assert (sent["formId"], sent["others"]["full_name"]) == (form["id"], "Bo")
        assert (answered["surveyId"], answered["others"]["rating"]) == (survey["id"], "5")
        assert by_form["meta"]["total"] == by_survey["meta"]["total"] == 1

    travel(tmp_path, story)
