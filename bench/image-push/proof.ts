/** What a push has to leave behind: a wrong success is no measurement. */

const accept =
  'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.index.v1+json';

/** The layers of the base and at least one more, all of them in the repository. @throws Error */
export async function requireImage(host: string, repository: string, tag: string): Promise<void> {
  const at = `http://${host}/v2/${repository}`;
  const response = await fetch(`${at}/manifests/${tag}`, { headers: { accept } });
  if (!response.ok) throw new Error(`${repository}:${tag} was not pushed: ${response.status}`);
  const manifest = (await response.json()) as { readonly layers?: readonly { readonly digest: string }[] };
  const layers = manifest.layers ?? [];
  if (layers.length < 4) throw new Error(`${repository}:${tag} has ${layers.length} layers`);
  for (const { digest } of layers) {
    const blob = await fetch(`${at}/blobs/${digest}`, { method: 'HEAD' });
    if (!blob.ok) throw new Error(`${repository}:${tag} lacks ${digest}: ${blob.status}`);
  }
}
