/**
 * Which scopes open a call: one of them is enough (publisher-api.yaml, devportal-api.yaml and admin-api.yaml of
 * carbon-apimgt; of the revisions of an API: as of its sibling, the revisions of a product).
 */
const rights: readonly (readonly [call: RegExp, scopes: readonly string[]])[] = [
  [/^\w+ admin /, ['apim:admin']],
  [/^\w+ devportal \/subscriptions/, ['apim:subscribe', 'apim:sub_manage']],
  [/^\w+ devportal /, ['apim:app_import_export']],
  [/^GET publisher \/settings$/, ['apim:publisher_settings']],
  [/^GET publisher \/(?:search|apis)$/, ['apim:api_view', 'apim:api_manage', 'apim:api_import_export']],
  [
    /^GET publisher \/apis\/export$/,
    ['apim:api_publish', 'apim:api_create', 'apim:api_import_export', 'apim:api_manage'],
  ],
  [/^POST publisher \/apis\/import$/, ['apim:api_import_export', 'apim:admin']],
  [/^POST publisher \/apis\/change-lifecycle$/, ['apim:api_publish', 'apim:api_manage', 'apim:api_import_export']],
  [
    /^GET publisher \/apis\/[^/]+$/,
    ['apim:api_view', 'apim:api_manage', 'apim:api_import_export', 'apim:api_product_import_export'],
  ],
  [/^DELETE publisher \/apis\/[^/]+$/, ['apim:api_delete', 'apim:api_manage', 'apim:api_import_export']],
  [
    /^(?:GET publisher \/apis\/[^/]+\/revisions|POST publisher \/apis\/[^/]+\/undeploy-revision)$/,
    ['apim:api_create', 'apim:api_publish', 'apim:api_manage', 'apim:api_import_export'],
  ],
  [/^GET publisher \/api-products$/, ['apim:api_view', 'apim:api_manage']],
  [/^\w+ publisher \/api-products\/(?:export|import)$/, ['apim:api_product_import_export']],
  [
    /^(?:GET publisher \/api-products\/[^/]+|POST publisher \/api-products\/change-lifecycle)$/,
    ['apim:api_publish', 'apim:api_manage'],
  ],
  [
    /^DELETE publisher \/api-products\/[^/]+$/,
    ['apim:api_publish', 'apim:api_manage', 'apim:api_product_import_export'],
  ],
  [
    /^(?:GET publisher \/api-products\/[^/]+\/revisions|POST publisher \/api-products\/[^/]+\/undeploy-revision)$/,
    ['apim:api_create', 'apim:api_publish', 'apim:api_manage', 'apim:api_product_import_export'],
  ],
  [/^\w+ publisher \/(?:apis|api-products)\//, ['apim:api_create', 'apim:api_publish', 'apim:api_manage']],
];

/**
 * The scopes of which a token needs one.
 * @param call `GET publisher /apis/export`
 * @returns undefined for what there is not, which is answered as such
 */
export function rightsFor(call: string): readonly string[] | undefined {
  return rights.find(([pattern]) => pattern.test(call))?.[1];
}
