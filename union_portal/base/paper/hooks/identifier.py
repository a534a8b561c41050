"""Declare PDF/UA-1 beside PDF/A-3a in the same block of metadata: validators read only the first block.

Hook: `DocumentMetadata.generate_rdf_metadata` of one document.
"""

from typing import Any

_END = b"</rdf:RDF>"
_PROPERTY = {
    "name": "part",
    "valueType": "Integer",
    "category": "internal",
    "description": "PDF/UA part",
}
_ITEM = "".join(f"<pdfaProperty:{key}>{value}</pdfaProperty:{key}>" for key, value in _PROPERTY.items())
_BLOCK = f"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">{_ITEM}</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""".encode()


def declare_accessible(metadata: Any) -> None:
    """Make this document's metadata name PDF/UA-1 too."""
    generate = metadata.generate_rdf_metadata

    def with_identifier(*args: Any) -> bytes:
        return bytes(generate(*args)).replace(_END, _BLOCK + _END)

    metadata.generate_rdf_metadata = with_identifier
