from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wbsim.errors import InputError
from wbsim.scenario.text import MAX_DOTS, MAX_NESTING, UnreadableError, decode, parse, read_text

Write = Callable[..., Path]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        parse(decode(content, "x.toml"), "x.toml")
    return str(caught.value)


def test_crlf_and_byte_order_mark_are_taken_in() -> None:
    assert parse(decode(b'\xef\xbb\xbfname = "a"\r\nrun.years = 3\r\n', "x"), "x") == {
        "name": "a",
        "run": {"years": 3},
    }


def test_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a directory"):
        read_text(tmp_path, str(tmp_path))


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read: No such file"):
        read_text(tmp_path / "none.toml", "none.toml")


def test_binary_is_refused() -> None:
    assert "x.toml: is a binary file" in refusal(b"\x7fELF\x00\x01")
    assert "x.toml:2: is not UTF-8 text" in refusal(b'name = "a"\nb = "\xff"')


def test_a_file_of_256_kb_passes_and_one_byte_more_does_not(write: Write) -> None:
    full = b"#" * (256 * 1024)
    assert parse(read_text(write(full), "x"), "x") == {}
    assert "is over 256 kB" in refusal(full + b"#")


@pytest.mark.parametrize(
    "content",
    [b"[" * 10_000_000, b"a = " + b"{a=" * 3_000_000, b"a." * 500_000 + b"a = 1"],
    ids=["10 MB of brackets", "9 MB of braces", "1 MB of dots"],
)
def test_huge_files_are_refused_at_once(write: Write, content: bytes) -> None:
    path = write(content)
    # A parser that started on them would take minutes to hours, or run out of stack.
    with pytest.raises(UnreadableError, match="is over 256 kB"):
        parse(read_text(path, "x"), "x")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[" * 200_000, "nests brackets over 32 deep"),
        (b"a = " + b"[" * 33 + b"]" * 33, "nests brackets over 32 deep"),
        (b"a = " + b"{a=" * 50_000, "nests brackets over 32 deep"),
        (b"a." * 100_000 + b"a = 1", "has a key with over 16 dots"),
        (b"[" + b'"a".' * 17 + b"a]", "has a key with over 16 dots"),
        (b"x = 1\n" + b"a . " * 17 + b"a = 1", ":2: has a key with over 16 dots"),
    ],
)
def test_deep_files_within_the_size_are_refused_before_parsing(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        "#" + "[" * 100,
        "# " + "a." * 100,
        'a = "' + "[" * 100 + "." * 100 + '"',
        "a = '" + "[" * 100 + "." * 100 + "'",
        'a = """' + "[" * 100 + "\n" + "." * 100 + ' \\""" " "" """',
        "a = '''" + "[" * 100 + "\n" + "." * 100 + " ' '' '''",
        'a = "\\"' + "[" * 100 + '"',
        "a = '\\' # " + "[" * 100,
        "a = " + "[" * 31 + "]" * 31,
        "a." * MAX_DOTS + "a = 1",
        "a = [" + "1.5, " * 100 + "]",
        "\n".join(f"a{n} = [1]" for n in range(100)),
        "a = '''x''''' # '''" + "[" * 100,
    ],
)
def test_strings_and_comments_are_no_structure(content: str) -> None:
    parse(content, "x")


def test_nesting_at_the_limit_passes() -> None:
    parse("a = " + "[" * MAX_NESTING + "]" * MAX_NESTING, "x")


@pytest.mark.parametrize(
    "content",
    [
        'a = """' * 30_000,
        '"' * 200_000,
        "'" * 200_000,
        'a = """\\',
        '"\\',
        "\\" * 200_000,
        '"""a\\\n' * 20_000,
    ],
)
def test_unclosed_strings_are_scanned_in_one_pass(content: str) -> None:
    # A scan that went back at each quote would not end within minutes.
    with pytest.raises(InputError, match="not valid TOML"):
        parse(content, "x")


def test_syntax_errors_name_their_line_and_help() -> None:
    with pytest.raises(InputError) as caught:
        parse('name = "a"\n\nstart = 2023-01  # when\n', "x.toml")
    problem = caught.value.problems[0]
    assert problem.line == 3
    assert problem.message.startswith("is not valid TOML: expected newline")
    assert problem.suggestion == 'write months in quotes: "2023-01"'


def test_a_syntax_error_at_the_end_has_the_last_line() -> None:
    with pytest.raises(InputError) as caught:
        parse('name = "a"\nb = [1,\n', "x.toml")
    assert caught.value.problems[0].line == 2


def test_text_without_quotes_is_explained() -> None:
    with pytest.raises(InputError, match="write text in quotes"):
        parse("mechanism = forum", "x.toml")


def test_whole_numbers_of_thousands_of_digits_are_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        parse("a = " + "1" * 5000, "x.toml")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a = 1\nb = 2\na = 3", 3, "a key is given a second time"),
        ("a = { b = 1, b = 2 }", 1, "a key is given a second time"),
        ("[run]\n[policy]\n[run]", 3, "the table [run] is opened a second time"),
    ],
)
def test_what_is_given_twice_is_said_in_plain_words(content: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(content, "x.toml")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert words in problem.message
