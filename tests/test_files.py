"""Files are whole, keep what is theirs, and never take the place of another's."""

import os
import sys
from pathlib import Path

import pytest

from appealkit.files import TooLargeError, file_named, read_within, write_whole


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  orders.csv\n", "orders.csv"),
        ('"C:\\Mei\\my orders.csv"', "C:\\Mei\\my orders.csv"),
        ("'/home/mei/my orders.csv' ", "/home/mei/my orders.csv"),
        ('"it\'s mine.csv"', "it's mine.csv"),
        ("'tis mine.csv", "'tis mine.csv"),
        ("\"odd'", "\"odd'"),
        ("~$orders.xlsx", "~$orders.xlsx"),
        ("~nobody/orders.csv", "~nobody/orders.csv"),
        (" ", ""),
        ('"', '"'),
    ],
)
def test_a_pasted_name_is_taken_out_of_its_quotes(typed: str, name: str) -> None:
    """A pair of quotes around a name is no part of it; any other mark is."""
    assert file_named(typed) == name


@pytest.mark.parametrize("typed", ["~/class", "'~/class'"])
def test_a_tilde_is_ones_own_folder(typed: str) -> None:
    """A path may begin as it does in a terminal."""
    assert file_named(typed) == str(Path.home() / "class")


def test_a_file_is_replaced_only_when_it_may_be(tmp_path: Path) -> None:
    """Without leave, a file that is there stays, whole; with it, the new content stands there alone."""
    path = tmp_path / "letter.txt"
    write_whole(path, b"one", replace=False)
    with pytest.raises(FileExistsError):
        write_whole(path, b"two", replace=False)
    assert path.read_bytes() == b"one"
    write_whole(path, b"three", replace=True)
    assert path.read_bytes() == b"three"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A replaced file keeps its permissions, a new one has those of any new file, and a link still leads to the file."""
    path, other, link = tmp_path / "draft", tmp_path / "other", tmp_path / "link"
    path.write_bytes(b"")
    path.chmod(0o640)
    link.symlink_to(path)
    write_whole(link, b"new", replace=True)
    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    write_whole(other, b"", replace=True)
    (tmp_path / "plain").write_bytes(b"")
    assert other.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_what_a_killed_process_left_goes(tmp_path: Path) -> None:
    """A half file that nobody has written to for long is taken away, one of this minute and another file's are not."""
    old, young, another = (tmp_path / f".{name}.new" for name in ("draft[1].7", "draft[1].8", "draft1.7"))
    for half in (old, young, another):
        half.write_bytes(b"half")
    for half in (old, another):
        os.utime(half, (0, 0))
    write_whole(tmp_path / "draft[1]", b"whole", replace=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".draft1.7.new", ".draft[1].8.new", "draft[1]"]


def test_a_disk_without_links_is_written_to_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file can have one name only, a new one gets it, and one that is there stays."""

    def refuse(_name: Path, _new: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_whole(tmp_path / "letter.txt", b"one", replace=False)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "letter.txt", b"two", replace=False)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"one"]


def test_no_more_of_a_file_is_read_than_it_may_have(tmp_path: Path) -> None:
    """A file of just so many bytes is read, and one more is refused."""
    file = tmp_path / "attempts.json"
    file.write_bytes(b"{}\r\n")
    assert read_within(file, 4) == b"{}\r\n"
    with pytest.raises(TooLargeError, match="attempts"):
        read_within(file, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file")
def test_a_file_of_which_the_system_tells_no_size_is_refused_too() -> None:
    """What never ends, and is told to be empty, is not read on and on."""
    with pytest.raises(TooLargeError):
        read_within(Path("/dev/zero"), 1000)
