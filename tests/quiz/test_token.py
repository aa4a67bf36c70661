import string
from base64 import urlsafe_b64encode
from binascii import crc32

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quiz.token import Answers, BrokenCode, decode, encode, slug_key

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"

values = st.sampled_from([None, 0, 1, 2, 3, 4, 5])
states = st.builds(
    Answers,
    set_number=st.integers(1, 255),
    values=st.tuples(*[values] * 36),
    level=values,
    started_from=st.none() | st.integers(1, 2**32 - 1),
    dealbreakers=st.integers(0, 2**16 - 1),
    is_confirmed=st.booleans(),
)

NOTHING_SAID = Answers(1)
EVERYTHING_SAID = Answers(255, (5,) * 36, 5, 2**32 - 1)
MIDWAY = Answers(7, (4, 0, 1, 5, 2, 3, *(None,) * 30), 0, slug_key("infirmier"))
REFUSING = MIDWAY.toggled(0).toggled(15)
CONFIRMED = MIDWAY.confirmed()


def sealed(body):
    """A code for these bytes whose checksum is right."""
    message = body + crc32(body).to_bytes(4, "big")
    return urlsafe_b64encode(message).rstrip(b"=").decode()


@given(states)
def test_a_code_gives_back_what_was_said(state):
    assert decode(encode(state)) == state


@pytest.mark.parametrize("state", [NOTHING_SAID, EVERYTHING_SAID, MIDWAY, REFUSING, CONFIRMED])
def test_the_extremes_survive_too(state):
    assert decode(encode(state)) == state


@pytest.mark.parametrize(
    "code, state",
    [
        ("AQEAAAAAAAAAAAAAAAAAAAAAAOK4_9Y", NOTHING_SAID),
        ("Af_qSW5q9sBO8sMAuL6m_____4zlGqA", EVERYTHING_SAID),
        ("AQeuIWZ8W-4R-3snaGSov-xVuZJDV-w", MIDWAY),
    ],
)
def test_links_of_format_1_keep_their_meaning_for_ever(code, state):
    assert decode(code) == state


@given(states)
def test_a_code_is_short_and_fit_for_an_address(state):
    code = encode(state)

    assert len(code) == (34 if state.dealbreakers or state.is_confirmed else 31)
    assert set(code) <= set(ALPHABET)


@settings(max_examples=10, deadline=None)
@example(MIDWAY)
@example(REFUSING)
@example(CONFIRMED)
@given(states)
def test_any_one_altered_character_is_noticed(state):
    code = encode(state)
    altered = {
        code[:i] + character + code[i + 1 :] for i in range(len(code)) for character in ALPHABET
    } - {code}

    assert len(altered) == len(code) * 63
    for other in altered:
        with pytest.raises(BrokenCode):
            decode(other)


@example(MIDWAY)
@example(REFUSING)
@example(CONFIRMED)
@given(states)
def test_any_truncation_is_noticed(state):
    code = encode(state)

    for end in range(len(code)):
        with pytest.raises(BrokenCode):
            decode(code[:end])
        with pytest.raises(BrokenCode):
            decode(code[end + 1 :])


@example(MIDWAY)
@example(REFUSING)
@example(CONFIRMED)
@given(states)
def test_two_characters_swapped_are_noticed(state):
    code = encode(state)

    for i in range(len(code) - 1):
        swapped = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
        if swapped != code:
            with pytest.raises(BrokenCode):
                decode(swapped)


@given(st.text(max_size=45) | st.text(ALPHABET, min_size=31, max_size=31))
def test_a_made_up_text_is_broken(text):
    with pytest.raises(BrokenCode):
        decode(text)


CODE = encode(MIDWAY)


@pytest.mark.parametrize(
    "code, reason",
    [
        ("", "characters"),
        (CODE + "=", "characters"),
        (CODE + "\n", "characters"),
        (" " + CODE, "characters"),
        ("é" + CODE[1:], "characters"),
        (CODE[:10] + "+" + CODE[11:], "characters"),
        (CODE[:10] + "/" + CODE[11:], "characters"),
        (CODE[:29], "wrong length"),
        (CODE[:30], "wrong length"),
        (CODE + "A", "wrong length"),
        (CODE + "AA", "wrong length"),
        ("A" * 41, "too long"),
        ("A" * 1_000_000, "too long"),
        (sealed(bytes((0, 1)) + bytes(17)), "unknown format version"),
        (sealed(bytes((4, 1)) + bytes(17)), "unknown format version"),
        (sealed(bytes((3, 1)) + bytes(17)), "wrong length"),
        (sealed(bytes((2, 1)) + bytes(17)), "wrong length"),
        (sealed(bytes((2, 1)) + bytes(19)), "not canonical"),
        (sealed(bytes((1, 1)) + bytes(16)), "wrong length"),
        (sealed(bytes((1, 1)) + bytes(18)), "wrong length"),
        (sealed(bytes((1, 0)) + bytes(17)), "set of questions out of range"),
        (sealed(bytes((1, 1)) + b"\xff" * 17), "not canonical"),
        (sealed(bytes((1, 1)) + (7**37 * 2**32).to_bytes(17, "big")), "not canonical"),
        (CODE[:4] + ("A" if CODE[4] != "A" else "B") + CODE[5:], "checksum"),
    ],
)
def test_a_broken_code_says_why(code, reason):
    with pytest.raises(BrokenCode, match=reason):
        decode(code)


def test_spare_bits_are_not_free():
    """31 characters hold 186 bits for 184: the last character has spellings that mean nothing."""
    spare = CODE[:-1] + ALPHABET[ALPHABET.index(CODE[-1]) + 1]

    with pytest.raises(BrokenCode, match="not canonical"):
        decode(spare)


def test_the_greatest_number_in_range_is_accepted():
    greatest = sealed(bytes((1, 255)) + (7**37 * 2**32 - 1).to_bytes(17, "big"))

    assert decode(greatest) == EVERYTHING_SAID


def test_a_broken_code_is_a_value_error():
    assert issubclass(BrokenCode, ValueError)


def test_slugs_have_keys_of_32_bits():
    assert slug_key("infirmier") == crc32(b"infirmier") == 3_219_936_697


def test_no_slug_has_the_key_of_none():
    assert crc32(b"") == 0
    assert slug_key("") == 1


def test_an_answer_takes_its_place_and_moves_no_other():
    state = MIDWAY.with_answer(1, 2).with_answer(36, 0)

    assert state.values == (2, 0, 1, 5, 2, 3, *(None,) * 29, 0)
    assert (state.set_number, state.level, state.started_from) == (7, 0, MIDWAY.started_from)


def test_the_level_takes_its_place():
    assert Answers(1).with_level(4) == Answers(1, (None,) * 36, 4)
    assert MIDWAY.with_level(0) == MIDWAY


def test_who_stands_by_their_answers_does_after_changing_one():
    assert CONFIRMED.with_answer(1, 2) == MIDWAY.with_answer(1, 2).confirmed()
    assert CONFIRMED != MIDWAY


def test_the_answered_items_come_with_their_positions_and_without_the_skipped():
    assert MIDWAY.answered == ((1, 4), (3, 1), (4, 5), (5, 2), (6, 3))


@pytest.mark.parametrize(
    "said, why",
    [
        ({"set_number": 0}, "numbered from 1 to 255"),
        ({"set_number": 256}, "numbered from 1 to 255"),
        ({"values": (None,) * 35}, "36 values, not 35"),
        ({"values": (None,) * 37}, "36 values, not 37"),
        ({"values": (6, *(None,) * 35)}, "a value is None, 0 or 1 to 5"),
        ({"values": (-1, *(None,) * 35)}, "a value is None, 0 or 1 to 5"),
        ({"level": 6}, "a value is None, 0 or 1 to 5"),
        ({"started_from": 0}, "started_from"),
        ({"started_from": 2**32}, "started_from"),
        ({"dealbreakers": -1}, "16 bits"),
        ({"dealbreakers": 2**16}, "16 bits"),
    ],
)
def test_what_no_visitor_can_say_is_refused(said, why):
    with pytest.raises(ValueError, match=why):
        Answers(**{"set_number": 1} | said)


@pytest.mark.parametrize("position, value", [(0, 3), (37, 3), (-1, 3), (1, 6), (1, None)])
def test_an_answer_outside_the_questionnaire_is_refused(position, value):
    with pytest.raises(ValueError, match=r"position|value|answer"):
        MIDWAY.with_answer(position, value)


@pytest.mark.parametrize("level", [6, -1, None])
def test_a_level_outside_the_scale_is_refused(level):
    with pytest.raises(ValueError, match=r"level|value"):
        MIDWAY.with_level(level)
