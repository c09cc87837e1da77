"""English is read, all else is not, and what is too short to tell is never called foreign."""

import pytest

from dragoman.sentiment import score
from dragoman.sentiment.language import english

SHORT = [
    "ok thanks", "STOP", "no", "ok", "yes", "k", "thx", "Hi", "Hello?", "cancel", "C", "call me",
    "See u at 5", "thank you!!", "lol", "pls", "Omg", "idk", "gr8", "nvm", "omw", "smh", "who dis",
    "Eight o'clock?", "representative", "unsub", "123 Main St", "3pm", "44817", "?", "!!!", "😡",
    "👍", "Dr. Nguyen", "Maria Gonzalez", "Ana", "jose@example.com", "Say no more",
    "Hola, I need help",
]  # fmt: skip
FOREIGN = [
    "El técnico nunca llegó y nadie me avisa nada", "muchas gracias", "quiero cancelar",
    "quiero hablar con una persona", "a que hora es mi cita", "Bonjour, je voudrais annuler",
    "je suis très content du service", "merci beaucoup", "das war eine Frechheit",
    "Ich warte seit drei Stunden auf euch.", "ich möchte kündigen", "muito obrigado",
    "quero cancelar minha assinatura", "a che ora aprite domani", "servizio pessimo",
    "graag mijn geld terug", "dziękuję bardzo", "det fungerar inte", "terima kasih banyak",
    "Спасибо большое", "谢谢", "ありがとうございます", "شكرا", "धन्यवाद", "감사합니다", "ευχαριστώ",
]  # fmt: skip


@pytest.mark.parametrize("text", SHORT)
def test_what_is_short_is_not_called_foreign(text: str) -> None:
    assert english(text)
    assert score({"text": text})["label"] != "unknown"


@pytest.mark.parametrize("text", FOREIGN)
def test_what_is_foreign_is_not_judged(text: str) -> None:
    assert not english(text)
    verdict = score({"text": text})
    assert (verdict["label"], verdict["topics"], verdict["evidence"]) == ("unknown", [], [])


@pytest.mark.parametrize("tag", ["en", "EN", "en-US", "en_GB", "eng", "en-Latn-US"])
def test_a_tag_of_english_is_believed(tag: str) -> None:
    assert score({"text": "Fantastisch, super!", "lang": tag})["label"] == "positive"


@pytest.mark.parametrize("tag", ["es", "es-MX", "de_AT", "zh-Hant"])
def test_a_tag_of_another_language_is_believed(tag: str) -> None:
    assert score({"text": "I am so happy", "lang": tag})["label"] == "unknown"


@pytest.mark.parametrize("tag", [None, "", "und"])
def test_without_a_language_it_is_found_out(tag: str | None) -> None:
    assert score({"text": "I am so happy", "lang": tag})["label"] == "positive"
    assert score({"text": "quiero hablar con una persona", "lang": tag})["label"] == "unknown"


def test_the_language_of_a_call_is_that_of_its_caller() -> None:
    said = [
        {"speaker": "agent", "text": "Thank you for calling, how may I help you today?"},
        {"speaker": "caller", "text": "Quiero hablar con una persona que hable español"},
    ]

    assert score({"turns": said})["label"] == "unknown"
