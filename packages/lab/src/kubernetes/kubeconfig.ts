/** Kubeconfigs for servers of the lab. */

export interface KubeconfigParts {
  readonly server: string;
  /** Certificate authority, PEM. */
  readonly ca: string;
  readonly token: string;
  readonly namespace: string;
}

/** A kubeconfig with one context, YAML. */
export function kubeconfigFor({ server, ca, token, namespace }: KubeconfigParts): string {
  return `apiVersion: v1
kind: Config
current-context: lab
clusters:
- name: lab
  cluster:
    server: ${server}
    certificate-authority-data: ${Buffer.from(ca).toString('base64')}
contexts:
- name: lab
  context:
    cluster: lab
    user: lab
    namespace: ${namespace}
users:
- name: lab
  user:
    token: ${token}
`;
}
