/** The connections of a run: publishers of both sides, and what exports and imports. */
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { misfit, serverVersion } from '@wso2-delivery/shared/apim/apim-version';
import { findApictl } from '@wso2-delivery/shared/apim/apictl-program';
import { ApictlSession } from '@wso2-delivery/shared/apim/apictl-session';
import type { Engine } from '@wso2-delivery/shared/apim/engine';
import { ApplicationHolder } from '@wso2-delivery/shared/apim/application-holder';
import { Devportal } from '@wso2-delivery/shared/apim/devportal';
import type { Holder } from '@wso2-delivery/shared/apim/holder';
import type { ProjectKind } from '@wso2-delivery/shared/apim/project-kind';
import { collectionOf, Publisher } from '@wso2-delivery/shared/apim/publisher';
import { RestEngine } from '@wso2-delivery/shared/apim/rest-engine';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { Inputs, Request, Side } from './request.ts';
import type { Listing } from './selecting.ts';

/** Whoever says which apictl means apictl. */
function engineOf({ engine, apictlPath, apictlVersion }: Inputs): Engine['name'] {
  return engine ?? (apictlPath === undefined && apictlVersion === undefined ? 'rest' : 'apictl');
}

type Sides = Pick<Request, 'from' | 'to' | 'ca'>;

/** Opened when something is needed of it: a plan from archives needs no engine, an unchanged target no login. */
export class Session {
  readonly target: Publisher;
  /** Undefined with archives. */
  readonly source: Publisher | undefined;
  readonly #sides: Sides;
  readonly #applications: ApplicationHolder;
  readonly #sourceApplications: Devportal | undefined;
  readonly #inputs: Inputs;
  readonly #ports: Ports;
  readonly #clients: readonly ApimClient[];
  #apictl: ApictlSession | undefined;
  #rest: RestEngine | undefined;
  readonly #loggedIn = new Set<string>();

  constructor(sides: Sides, inputs: Inputs, ports: Ports) {
    const options = {
      ca: sides.ca,
      requestTimeoutMs: inputs.requestTimeout,
      applications: inputs.kind === 'application',
      readOnly: inputs.mode === 'plan' || inputs.mode === 'drift',
    };
    const client = ({ environment, credentials }: Side) => new ApimClient(environment, credentials, ports, options);
    const to = client(sides.to);
    const from = sides.from === undefined ? undefined : client(sides.from);
    this.target = new Publisher(to);
    this.source = from === undefined ? undefined : new Publisher(from);
    this.#applications = new ApplicationHolder(new Devportal(to));
    this.#sourceApplications = from === undefined ? undefined : new Devportal(from);
    this.#clients = from === undefined ? [to] : [from, to];
    this.#sides = sides;
    this.#inputs = inputs;
    this.#ports = ports;
  }

  /** What holds things of a kind in the target. */
  holder(kind: ProjectKind): Holder {
    return kind === 'application' ? this.#applications : this.target.of(collectionOf(kind));
  }

  /** What lists things of a kind at the source. Undefined with archives. */
  listing(kind: ProjectKind): Listing | undefined {
    if (kind !== 'application') return this.source?.of(collectionOf(kind));
    const applications = this.#sourceApplications;
    if (applications === undefined) return undefined;
    return { all: async () => (await applications.all()).map(({ name, owner }) => ({ name, version: owner })) };
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
    if (engineOf(this.#inputs) === 'rest') return (this.#rest ??= await RestEngine.open(this.#clients, this.#ports));
    const session = (this.#apictl ??= await this.#openApictl());
    if (side !== undefined && !this.#loggedIn.has(side.environment.name)) {
      await session.login(side.environment, side.credentials);
      this.#loggedIn.add(side.environment.name);
    }
    return session;
  }

  async #openApictl(): Promise<ApictlSession> {
    const { apictlPath, apictlVersion, apictlSha256, requestTimeout } = this.#inputs;
    const { environment } = this.#sides.to;
    const server = await serverVersion(environment, this.#ports, { ca: this.#sides.ca, timeoutMs: requestTimeout });
    const wish = { path: apictlPath, version: apictlVersion, sha256: apictlSha256, server };
    const program = await findApictl(wish, this.#ports);
    const session = await ApictlSession.open(
      { program, ca: this.#sides.ca, requestTimeoutMs: requestTimeout },
      this.#ports,
    );
    this.#ports.log.info(`apictl ${session.version.join('.')}`);
    const reason = misfit(session.version, server, environment.name);
    if (reason !== undefined) this.#ports.log.annotate({ level: 'warning', message: reason });
    return session;
  }
}
