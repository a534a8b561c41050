"""Where the open fonts come from: this machine, or a Debian package opened without installing it."""

import subprocess
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shutil import which

from union_portal.base.paper.types import PaperError

Say = Callable[[str], None]


@dataclass(frozen=True)
class Source:
    """An open font: its file, the face inside a collection, and the Debian package that carries it."""

    role: str
    filename: str
    package: str
    face: str = ""


SOURCES = (
    Source("xbs", "NotoSerifCJK-Bold.ttc", "fonts-noto-cjk", "Noto Serif CJK SC"),
    Source("fs", "FandolFang-Regular.otf", "texlive-lang-chinese"),
    Source("ht", "NotoSansCJK-Bold.ttc", "fonts-noto-cjk", "Noto Sans CJK SC"),
    Source("kt", "LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai"),
    Source("ktl", "LXGWWenKai-Light.ttf", "fonts-lxgw-wenkai"),
    Source("st", "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", "Noto Serif CJK SC"),
)
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/texmf/fonts"),
    Path.home() / ".local/share/fonts",
)


def find_on_system(folders: Iterable[Path], names: Iterable[str]) -> dict[str, Path]:
    """Return the first file of each wanted name below the folders, in the folders' order."""
    wanted, found = set(names), dict[str, Path]()
    for folder in folders:
        for path in sorted(folder.rglob("*.[ot]t[fc]")) if folder.is_dir() else ():
            if path.name in wanted:
                found.setdefault(path.name, path)
    return found


def fetch_package(package: str, names: Iterable[str], folder: Path, say: Say) -> dict[str, Path]:
    """Download one package with apt (no root needed), take the wanted files out of it and delete it again."""
    if which("apt-get") is None or which("dpkg-deb") is None:
        raise PaperError(
            "缺少 {package} 中的字体，且本系统没有 apt，请把 {files} 放入 {folder}。".format(
                package=package, files="、".join(names), folder=folder.parent / "source"
            ),
        )
    say(f"正在下载 {package}")
    downloads = folder / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    _download(package, downloads)
    archive = next(downloads.glob(f"{package}_*.deb"))
    try:
        return _extract(archive, set(names), folder)
    finally:
        archive.unlink()


def _download(package: str, folder: Path) -> None:
    """Try the system's package lists first, then lists of our own: a fresh machine has none and we may not be root."""
    command = ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", package]
    if _run(command, folder).returncode == 0:
        return
    lists, cache = folder.parent / "apt/lists/partial", folder.parent / "apt/cache/archives/partial"
    lists.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    private = ["-o", f"Dir::State::Lists={lists.parent}", "-o", f"Dir::Cache={cache.parent.parent}"]
    _run([*command[:4], *private, "update"], folder)
    result = _run([*command[:4], *private, "download", package], folder)
    if result.returncode:
        lines = (result.stderr or result.stdout).strip().splitlines()
        raise PaperError(
            f"软件包 {package} 下载失败：{lines[-1] if lines else result.returncode}",
        )


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words


def _extract(archive: Path, names: set[str], folder: Path) -> dict[str, Path]:
    """Read the package as a stream and keep only the wanted files."""
    command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    found = dict[str, Path]()
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as process,  # noqa: S603 - fixed words
        tarfile.open(fileobj=process.stdout, mode="r|") as tar,
    ):
        for member in tar:
            name = PurePosixPath(member.name).name
            content = tar.extractfile(member) if name in names and member.isfile() else None
            if content is not None:
                found[name] = folder / name
                found[name].write_bytes(content.read())
    return found
