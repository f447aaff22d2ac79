import { defineCodes } from '../base/errors.ts';

/** Failures of talking to a cluster and of changing what runs there. */
export const codes = defineCodes({
  KUBECONFIG_MISSING: {
    title: 'There is no kubeconfig',
    meaning: 'Neither the kubeconfig input nor KUBECONFIG, ~/.kube/config or a service account names a cluster.',
    remedy:
      'Give the input `kubeconfig` (a path or the content, from a secret), or log in to the cluster in an earlier step.',
  },
  KUBECONFIG_INVALID: {
    title: 'The kubeconfig cannot be used',
    meaning: 'The kubeconfig is not YAML, or lacks the cluster, user or context that it refers to.',
    remedy: 'Check the secret that holds it: `kubectl --kubeconfig FILE config view --minify` must print one context.',
  },
  KUBECONFIG_CONTEXT_UNKNOWN: {
    title: 'The context does not exist in the kubeconfig',
    meaning: 'The input `context` names a context that the kubeconfig does not have.',
    remedy: 'Use one of the contexts that the message lists, or leave the input out for the current one.',
  },
  KUBERNETES_UNREACHABLE: {
    title: 'The API server cannot be reached',
    meaning: 'No connection to the API server of the context could be made, or it broke and did not come back.',
    remedy:
      'Check the server address in the kubeconfig and that the runner may reach it (private clusters need a self-hosted runner).',
  },
  KUBERNETES_TLS: {
    title: "The API server's certificate is not trusted",
    meaning:
      'The certificate of the API server is not signed by the authority in the kubeconfig, or is for another name.',
    remedy:
      'Put the authority of the cluster into the kubeconfig (certificate-authority-data). Verification is never switched off.',
  },
  KUBERNETES_UNAUTHORIZED: {
    title: 'The API server does not accept the credentials',
    meaning: 'The token or client certificate in the kubeconfig is wrong or has expired.',
    remedy:
      'Renew the credentials in the kubeconfig secret, or run the login step of the cloud provider before this one.',
  },
  KUBERNETES_CREDENTIALS_PLUGIN: {
    title: 'The credential plugin of the kubeconfig failed',
    meaning:
      'The kubeconfig gets its credentials from a program (gke-gcloud-auth-plugin, aws, kubelogin …) that is absent or failed.',
    remedy: 'Install the plugin and log in to the cloud provider in an earlier step of the job.',
  },
  KUBERNETES_FORBIDDEN: {
    title: 'The credentials lack a right',
    meaning: 'The API server knows the user and refuses the request: a Role does not grant this verb on this resource.',
    remedy: 'Add the rule that the message shows to the Role of the user; docs/rbac holds complete Roles.',
  },
  KUBERNETES_REFUSED: {
    title: 'The cluster refuses the object',
    meaning: 'Quota, a policy, an admission webhook or the state of the namespace forbids the change.',
    remedy: 'Read the reason in the message: it names the quota, the policy or the webhook.',
  },
  KUBERNETES_NOT_FOUND: {
    title: 'An object does not exist in the cluster',
    meaning: 'The object, or the namespace it should be in, does not exist in the cluster of this context.',
    remedy: 'Check name, namespace and context; create the namespace first where it is the namespace that is absent.',
  },
  KUBERNETES_CONFLICT: {
    title: 'Someone else changed the object meanwhile',
    meaning: 'The object has another resourceVersion than the one that was read: the change was not made.',
    remedy:
      'Run the step again: it starts from what is there now. Use `concurrency` so that two deployments do not meet.',
  },
  KUBERNETES_FIELD_CONFLICT: {
    title: 'Another tool owns a field of the manifest',
    meaning:
      'A server-side apply would change a field that another field manager (kubectl apply, helm, an operator) has set.',
    remedy:
      'Remove the field from the manifest, or from the other tool; set `force-conflicts: true` to take the fields over.',
  },
  KUBERNETES_INVALID: {
    title: 'The API server finds the object invalid',
    meaning: 'The object breaks the schema or a rule of its kind. Nothing was changed.',
    remedy: 'Correct the field that the message names.',
  },
  KUBERNETES_KIND_UNKNOWN: {
    title: 'The cluster does not know this kind of object',
    meaning:
      'The custom resource definition is not installed, or the apiVersion is not served by this version of Kubernetes.',
    remedy: 'Install the definition first, or correct apiVersion and kind (`kubectl api-resources`).',
  },
  KUBERNETES_FAILED: {
    title: 'The API server failed',
    meaning: 'The API server answered with an error that is neither refusal nor absence, also after retries.',
    remedy: 'Look at the health of the control plane; run the step again when it is well.',
  },
  KUBERNETES_PROXY_FAILED: {
    title: 'kubectl proxy does not run',
    meaning: 'The local proxy that gives access to the API server could not be started, or ended again and again.',
    remedy: "Read kubectl's own words in the summary; check that this kubectl works on the runner.",
  },
  POD_UNREACHABLE: {
    title: 'A port of a pod cannot be reached',
    meaning:
      'The API server (or a port forwarding through it) could not connect to the port of the pod, or got no answer.',
    remedy: 'Check that the server in the pod listens on this port; a network policy must let the API server in.',
  },
  WORKLOAD_NOT_FOUND: {
    title: 'A workload does not exist',
    meaning: 'A workload that the inputs name is not in the namespace. Nothing was changed.',
    remedy:
      'Correct the name, the namespace or the context: the message lists what exists. Deploy it with manifests the first time.',
  },
  DEPLOY_REFUSED: {
    title: 'The cluster refuses the deployment',
    meaning: 'In the dry run the API server refused at least one change. Nothing was changed.',
    remedy: 'Correct what the message names; each refusal carries the words of the server.',
  },
  DEPLOY_INCOMPLETE: {
    title: 'A deployment of several workloads stopped half-way',
    meaning:
      'One of several changes failed after others were made. The message says which are changed and which are not.',
    remedy: 'Correct the cause and run the step again: workloads that are changed already stay as they are.',
  },
  DEPLOY_PREFLIGHT_FAILED: {
    title: 'The deployment cannot work as it is',
    meaning:
      'A check before the deployment found what would keep the pods from starting or from becoming ready. Nothing was changed.',
    remedy: 'Correct what the annotations name, or set `preflight: warn` to deploy all the same.',
  },
  MANIFEST_INVALID: {
    title: 'A manifest cannot be used',
    meaning: 'A manifest file is absent, is not YAML or JSON, or holds a document that is no Kubernetes object.',
    remedy: 'Correct the file at the place that the message names.',
  },
});
