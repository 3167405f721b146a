"""The archive form of a file: tags, metadata and output intent of PDF/A-2b, and the check that it is one (nhs.md 3.6).

Validation takes longer than writing, so it is a call of its own: `check_archive` before a letter is frozen.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from poems_registry.pages.document import Document
from poems_registry.pages.geometry import MM, PAGE_HEIGHT
from poems_registry.pages.structure import Node

if TYPE_CHECKING:
    import pikepdf

PROGRAM = "POEMS Registry"
_LEVEL = "2b"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{program}</xmp:CreatorTool><pdf:Producer>{program}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def finish(raw: bytes, document: Document, root: Node, marks: Sequence[Sequence[Node]]) -> bytes:
    """ReportLab's file as a tagged PDF/A-2b candidate with the document's own dates; deterministic."""
    import pikepdf

    with pikepdf.open(BytesIO(raw)) as pdf:
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
        _tag(pdf, root, marks, document.language)
        _describe(pdf, document)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def check_archive(data: bytes) -> list[str]:
    """What keeps `data` from being PDF/A-2b, in words; empty when it is one.

    The judge is an allow-list (pikepdf.pdfa): an approval is strict, a refusal may be a false alarm.
    """
    from pikepdf.pdfa import validate_written

    report = validate_written(BytesIO(data), _LEVEL)
    if report.passed:
        return []
    return [f"{finding.rule}: {finding.message}" for finding in report.findings] or [str(report.verdict)]


def _describe(pdf: "pikepdf.Pdf", document: Document) -> None:
    import pikepdf

    title, date = document.printed_title, document.created.replace(microsecond=0)
    facts = {
        "/Title": title,
        "/Author": document.author,
        "/Subject": document.subject,
        "/Creator": PROGRAM,
        "/Producer": PROGRAM,
        "/CreationDate": _pdf_date(date),
        "/ModDate": _pdf_date(date),
    }
    info = {name: pikepdf.String(said) for name, said in facts.items() if said}
    pdf.trailer["/Info"] = pdf.make_indirect(pikepdf.Dictionary(info))
    packet = _XMP.format(
        title=escape(title),
        author=escape(document.author),
        subject=escape(document.subject),
        language=escape(document.language),
        date=date.isoformat(),
        program=PROGRAM,
    )
    metadata = pikepdf.Stream(pdf, packet.encode("utf-8"))
    metadata["/Type"], metadata["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root["/Metadata"] = metadata
    pdf.Root["/Lang"] = pikepdf.String(document.language)
    pdf.Root["/MarkInfo"] = pikepdf.Dictionary(Marked=True)
    pdf.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    profile = pikepdf.Stream(pdf, _srgb())
    profile["/N"] = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB",
        DestOutputProfile=profile,
    )
    pdf.Root["/OutputIntents"] = pikepdf.Array([pdf.make_indirect(intent)])


@cache
def _srgb() -> bytes:
    """The sRGB profile that travels with pikepdf."""
    import pikepdf
    from pikepdf.pdfa import prepare

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        prepare(pdf, _LEVEL)
        return bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())


def _pdf_date(when: datetime) -> str:
    offset = when.utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"D:{when:%Y%m%d%H%M%S}{sign}{abs(minutes) // 60:02d}'{abs(minutes) % 60:02d}'"


def _tag(pdf: "pikepdf.Pdf", root: Node, marks: Sequence[Sequence[Node]], language: str) -> None:
    """Build the structure tree and tie it to the marked content of each page."""
    import pikepdf

    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    pages = [page.obj for page in pdf.pages]
    elements: dict[int, pikepdf.Object] = {}

    def build(node: Node, parent: "pikepdf.Object") -> "pikepdf.Object":
        element = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + node.tag), P=parent)
        )
        elements[id(node)] = element
        kids = pikepdf.Array()
        first = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
        if first is not None:
            element["/Pg"] = pages[first]
        for kid in node.kids:
            if isinstance(kid, Node):
                if kid.has_content():
                    kids.append(build(kid, element))
            elif kid[0] == first:
                kids.append(kid[1])
            else:
                kids.append(pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pages[kid[0]], MCID=kid[1]))
        element["/K"] = kids
        _describe_element(element, node)
        return element

    top = build(root, tree)
    top["/Lang"] = pikepdf.String(language)
    tree["/K"] = top
    numbers = pikepdf.Array()
    for index, page in enumerate(pages):
        page["/StructParents"] = index
        page["/Tabs"] = pikepdf.Name.S
        parents = pikepdf.Array([elements[id(node)] for node in marks[index]])
        numbers.append(index)
        numbers.append(pdf.make_indirect(parents))
    tree["/ParentTree"] = pdf.make_indirect(pikepdf.Dictionary(Nums=numbers))
    tree["/ParentTreeNextKey"] = len(pages)
    pdf.Root["/StructTreeRoot"] = tree


def _describe_element(element: "pikepdf.Object", node: Node) -> None:
    """Alternative text, scope of a head, place of a figure."""
    import pikepdf

    if node.alt:
        element["/Alt"] = pikepdf.String(node.alt)
    if node.scope:
        element["/A"] = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name("/" + node.scope))
    if node.box is not None:
        left, top, right, bottom = node.box
        height = PAGE_HEIGHT * MM
        box = pikepdf.Array([round(value, 2) for value in (left, height - bottom, right, height - top)])
        element["/A"] = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=box, Placement=pikepdf.Name.Block)
