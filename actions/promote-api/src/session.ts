/** The connections of a run: publishers of both sides, and what exports and imports. */
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { findApictl } from '@wso2-delivery/shared/apim/apictl-program';
import { ApictlSession } from '@wso2-delivery/shared/apim/apictl-session';
import type { Engine } from '@wso2-delivery/shared/apim/engine';
import { Publisher } from '@wso2-delivery/shared/apim/publisher';
import { RestEngine } from '@wso2-delivery/shared/apim/rest-engine';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { Inputs, Request, Side } from './request.ts';

type Sides = Pick<Request, 'from' | 'to' | 'ca'>;

/** Opened when something is needed of it: a plan from archives needs no engine, an unchanged target no login. */
export class Session {
  readonly target: Publisher;
  /** Undefined with archives. */
  readonly source: Publisher | undefined;
  readonly #sides: Sides;
  readonly #inputs: Inputs;
  readonly #ports: Ports;
  readonly #clients: readonly ApimClient[];
  #apictl: ApictlSession | undefined;
  #rest: RestEngine | undefined;
  readonly #loggedIn = new Set<string>();

  constructor(sides: Sides, inputs: Inputs, ports: Ports) {
    const options = { ca: sides.ca, requestTimeoutMs: inputs.requestTimeout };
    const client = ({ environment, credentials }: Side) => new ApimClient(environment, credentials, ports, options);
    const to = client(sides.to);
    const from = sides.from === undefined ? undefined : client(sides.from);
    this.target = new Publisher(to);
    this.source = from === undefined ? undefined : new Publisher(from);
    this.#clients = from === undefined ? [to] : [from, to];
    this.#sides = sides;
    this.#inputs = inputs;
    this.#ports = ports;
  }

  /** The engine, able to export from `from`. Not to be called while it works: a login loses what others write. */
  async exporting(): Promise<Engine> {
    return this.#engine(this.#sides.from);
  }

  /** The engine, able to import into `to`. Not to be called while it works. */
  async importing(): Promise<Engine> {
    return this.#engine(this.#sides.to);
  }

  async #engine(side: Side | undefined): Promise<Engine> {
    if (this.#inputs.engine === 'rest') return (this.#rest ??= await RestEngine.open(this.#clients, this.#ports));
    const session = (this.#apictl ??= await this.#openApictl());
    if (side !== undefined && !this.#loggedIn.has(side.environment.name)) {
      await session.login(side.environment, side.credentials);
      this.#loggedIn.add(side.environment.name);
    }
    return session;
  }

  async #openApictl(): Promise<ApictlSession> {
    const { apictlPath, apictlVersion, apictlSha256, requestTimeout } = this.#inputs;
    const program = await findApictl({ path: apictlPath, version: apictlVersion, sha256: apictlSha256 }, this.#ports);
    const session = await ApictlSession.open(
      { program, ca: this.#sides.ca, requestTimeoutMs: requestTimeout },
      this.#ports,
    );
    this.#ports.log.info(`apictl ${session.version.join('.')}`);
    return session;
  }
}
