/** Runs deploy-k8s' main in a workspace of its own, with inputs as a workflow gives them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DeliveryError } from '@wso2-delivery/shared/base/errors';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import { action } from '../../actions/deploy-k8s/src/action.ts';
import { main } from '../../actions/deploy-k8s/src/main.ts';
import { testPorts, type TestPortOptions, type TestPorts } from './ports.ts';

export interface DeployResult {
  /** By the names of action.yml. */
  readonly outputs: Readonly<Record<string, string | undefined>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly failure: DeliveryError | undefined;
}

export interface DeployWorkspace {
  readonly ports: TestPorts;
  put(path: string, text: string): void;
  run(given: Readonly<Record<string, string | undefined>>): Promise<DeployResult>;
}

export function deployWorkspace(options: TestPortOptions = {}): DeployWorkspace {
  const ports = testPorts(options);
  return {
    ports,
    put(path, text) {
      const file = join(ports.files.workspace, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    async run(given) {
      const variables = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      );
      const { outputs, facts, failure } = await main(readInputs(action, variables, ports.files.workspace), ports);
      return { outputs, facts: { ...facts }, failure: failure as DeliveryError | undefined };
    },
  };
}

/** A Deployment as the examples have it, with what a test wants different. */
export function deploymentYaml(image: string, { name = 'mi-service', container = 'mi', extra = '' } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 1
  minReadySeconds: 1
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${container}
          image: ${image}
          ports:
            - containerPort: 8290
          readinessProbe:
            httpGet:
              path: /healthz
              port: 9201
            periodSeconds: 1
          resources:
            requests: { memory: 8Mi, cpu: 1m }
            limits: { memory: 2Gi }
${extra}`;
}
