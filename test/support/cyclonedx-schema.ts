/** The JSON schemas of CycloneDX, as the project's own library ships them. */
import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);
const folder = join(dirname(resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
const schema = (name: string): object =>
  JSON.parse(readFileSync(join(folder, `${name}.schema.json`), 'utf8')) as object;
const validators = new Map<string, ValidateFunction>();

/** What the schema of its specVersion says against a bill of materials; formats (URIs, times) are left to other checks. */
export function problemsOfBill(bill: object): string[] {
  const { specVersion } = bill as { readonly specVersion: string };
  const validate = validators.get(specVersion) ?? compile(specVersion);
  validators.set(specVersion, validate);
  validate(bill);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

function compile(version: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(schema('spdx.SNAPSHOT'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(schema('jsf-0.82.SNAPSHOT'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
  return ajv.compile(schema(`bom-${version}.SNAPSHOT`));
}
