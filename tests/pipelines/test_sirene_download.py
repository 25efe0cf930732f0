"""Stock files from the web: the edition is asked first, an interrupted download goes on, refusals are plain."""

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from pipelines.errors import PipelineError
from pipelines.marts.sirene_selection import prepare_selection
from pipelines.sources.sirene import download as downloads
from pipelines.sources.sirene.download import RemoteFile, download, remote_edition
from tests.pipelines.stock_files import Stock

CONTENT = bytes(range(256)) * 40


class Publisher:
    """A file on the web that can cut its answers short and that remembers what was asked."""

    def __init__(self, server: HTTPServer, path: str, content: bytes = CONTENT) -> None:
        self.content = content
        self.etag = '"v1"'
        self.cuts: list[int] = []
        self.asked: list[tuple[str, str]] = []
        self.url = server.url_for(path)
        server.expect_request(path).respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        wanted = request.headers.get("Range", "")
        self.asked.append((request.method, wanted))
        start = 0
        if wanted and request.headers.get("If-Range") == self.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        body = self.content[start:]
        if request.method == "GET" and self.cuts:
            body = body[: self.cuts.pop(0)]
        return Response(body, 206 if start else 200, {"ETag": self.etag}, content_type="application/octet-stream")


def fetch(remote: RemoteFile, folder: Path) -> Path:
    return download(remote, folder, progress=lambda _share: None, wait=lambda _seconds: None)


@pytest.fixture
def publisher(httpserver: HTTPServer) -> Publisher:
    return Publisher(httpserver, "/stock.parquet")


def test_a_file_arrives_whole(publisher: Publisher, tmp_path: Path) -> None:
    assert fetch(remote_edition(publisher.url), tmp_path).read_bytes() == CONTENT
    assert len(list(tmp_path.iterdir())) == 1


def test_an_interrupted_download_goes_on_where_it_stopped(publisher: Publisher, tmp_path: Path) -> None:
    publisher.cuts = [4000, 3000]
    assert fetch(remote_edition(publisher.url), tmp_path).read_bytes() == CONTENT
    assert publisher.asked[1:] == [("GET", ""), ("GET", "bytes=4000-"), ("GET", "bytes=7000-")]


def test_another_edition_is_not_glued_to_the_first_half_of_the_former(publisher: Publisher, tmp_path: Path) -> None:
    publisher.cuts = [100] * downloads.ATTEMPTS
    with pytest.raises(PipelineError, match="la connexion s’interrompt"):
        fetch(remote_edition(publisher.url), tmp_path)
    publisher.etag, publisher.content, publisher.cuts = '"v2"', CONTENT[::-1], []
    assert fetch(remote_edition(publisher.url), tmp_path).read_bytes() == CONTENT[::-1]


def test_the_second_run_asks_the_edition_and_fetches_nothing(httpserver: HTTPServer, tmp_path: Path) -> None:
    stock = Stock(tmp_path / "stock")
    stock.add("200078244", "20007824400011")
    files = stock.write("parquet")
    units = Publisher(httpserver, "/units.parquet", files["units"].read_bytes())
    places = Publisher(httpserver, "/places.parquet", files["establishments"].read_bytes())
    runs = [
        prepare_selection(units=units.url, establishments=places.url, cache_dir=tmp_path / "cache") for _ in range(2)
    ]
    assert [run.is_new for run in runs] == [True, False]
    assert [method for method, _range in units.asked] == ["HEAD", "GET", "HEAD"]
    assert list((tmp_path / "cache" / "sirene" / "downloads").iterdir()) == []


def test_a_web_page_is_not_taken_for_a_file(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/page").respond_with_data("<html>", content_type="text/html")
    with pytest.raises(PipelineError, match="une page web au lieu d’un fichier"):
        remote_edition(httpserver.url_for("/page"))


def test_a_refusal_of_the_server_is_told_with_its_code(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/gone").respond_with_data("", status=404)
    with pytest.raises(PipelineError, match="le serveur répond 404"):
        remote_edition(httpserver.url_for("/gone"))


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(PipelineError, match="le serveur ne répond pas"):
        remote_edition("http://127.0.0.1:9/stock.parquet")


def test_a_file_above_the_cap_is_refused(publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remote = remote_edition(publisher.url)
    monkeypatch.setattr(downloads, "MAX_BYTES", 1000)
    with pytest.raises(PipelineError, match="20 Go admis"):
        remote_edition(publisher.url)
    with pytest.raises(PipelineError, match="20 Go admis"):
        fetch(remote, tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ""]
