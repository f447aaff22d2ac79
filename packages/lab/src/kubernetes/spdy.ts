/**
 * As much of SPDY/3.1 as `kubectl port-forward` speaks to an API server: streams with headers, data and half-closes.
 * Frame layout and dictionary: the SPDY protocol, draft 3.1, sections 2.2, 2.6 and 2.6.10.1.
 */
import { Duplex } from 'node:stream';
import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';

/** Header names and values that both sides know, each with its length in four bytes; then common text. */
const dictionaryWords =
  'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow authorization cache-control connection content-base content-encoding content-language content-length content-location content-md5 content-range content-type date etag expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade user-agent vary via warning www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie keep-alive origin';
const dictionaryText =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.';

/** Compression starts from this text in both directions. */
export const dictionary: Buffer = Buffer.concat([
  ...dictionaryWords.split(' ').map((word) => withLength(word.replace('_', ' '))),
  Buffer.from(dictionaryText),
]);

function withLength(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
}

const synStream = 1;
const synReply = 2;
const rstStream = 3;
const ping = 6;
const goAway = 7;
const fin = 0x01;

export interface SpdyStream {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Data of the client, and to it. Ending it half-closes the stream. */
  readonly data: Duplex;
}

/** The server's side of a connection. */
export class SpdyConnection {
  readonly #socket: Duplex;
  readonly #onStream: (stream: SpdyStream) => void;
  readonly #inflate: Inflate = createInflate({
    dictionary,
    flush: constants.Z_SYNC_FLUSH,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  readonly #deflate: Deflate = createDeflate({ dictionary, flush: constants.Z_SYNC_FLUSH });
  readonly #streams = new Map<number, Duplex>();
  #received: Buffer = Buffer.alloc(0);
  /** Frames are handled one after the other: header blocks share one compression. */
  #turn: Promise<void> = Promise.resolve();

  constructor(socket: Duplex, head: Buffer, onStream: (stream: SpdyStream) => void) {
    this.#socket = socket;
    this.#onStream = onStream;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#close());
    if (head.length > 0) this.#receive(head);
  }

  #close(): void {
    for (const stream of this.#streams.values()) stream.destroy();
    this.#streams.clear();
    this.#inflate.close();
    this.#deflate.close();
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      if (this.#received.length < 8) return;
      const end = 8 + this.#received.readUIntBE(5, 3);
      if (this.#received.length < end) return;
      const frame = this.#received.subarray(0, end);
      this.#received = this.#received.subarray(end);
      this.#turn = this.#turn.then(() => this.#handle(frame)).catch(() => void this.#socket.destroy());
    }
  }

  async #handle(frame: Buffer): Promise<void> {
    const flags = frame.readUInt8(4);
    const body = frame.subarray(8);
    if ((frame.readUInt8(0) & 0x80) === 0) {
      const stream = this.#streams.get(frame.readUInt32BE(0));
      if (body.length > 0) stream?.push(body);
      if ((flags & fin) !== 0) stream?.push(null);
      return;
    }
    switch (frame.readUInt16BE(2)) {
      case synStream:
        return this.#open(body, flags);
      case rstStream: {
        const id = body.readUInt32BE(0);
        this.#streams.get(id)?.destroy();
        this.#streams.delete(id);
        return;
      }
      case ping:
        this.#control(ping, 0, body);
        return;
      case goAway:
        this.#socket.end();
        return;
      default:
        // Settings and window updates change nothing here: there is no flow control.
        return;
    }
  }

  async #open(body: Buffer, flags: number): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff;
    const headers = readHeaders(await flushed(this.#inflate, body.subarray(10)));
    const number = Buffer.alloc(4);
    number.writeUInt32BE(id);
    this.#control(synReply, 0, Buffer.concat([number, await flushed(this.#deflate, Buffer.alloc(4))]));
    const data = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        this.#data(id, 0, chunk);
        done();
      },
      final: (done) => {
        this.#data(id, fin, Buffer.alloc(0));
        done();
      },
      allowHalfOpen: true,
    });
    data.on('error', () => data.destroy());
    this.#streams.set(id, data);
    if ((flags & fin) !== 0) data.push(null);
    this.#onStream({ headers, data });
  }

  #control(type: number, flags: number, body: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeUInt16BE(0x8003, 0);
    head.writeUInt16BE(type, 2);
    head.writeUInt32BE(body.length, 4);
    head.writeUInt8(flags, 4);
    this.#send(Buffer.concat([head, body]));
  }

  #data(id: number, flags: number, body: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(id, 0);
    head.writeUInt32BE(body.length, 4);
    head.writeUInt8(flags, 4);
    this.#send(Buffer.concat([head, body]));
  }

  #send(frame: Buffer): void {
    if (this.#socket.writable) this.#socket.write(frame);
  }
}

/** What a compression gives for one block, flushed. */
function flushed(stream: Inflate | Deflate, block: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.write(block, () => {
      stream.removeListener('error', reject);
      resolve((stream.read() as Buffer | null) ?? Buffer.alloc(0));
    });
  });
}

function readHeaders(block: Buffer): ReadonlyMap<string, string> {
  let at = 4;
  const text = (): string => {
    const length = block.readUInt32BE(at);
    const value = block.toString('utf8', at + 4, at + 4 + length);
    at += 4 + length;
    return value;
  };
  const headers = new Map<string, string>();
  for (let left = block.readUInt32BE(0); left > 0; left--) headers.set(text().toLowerCase(), text());
  return headers;
}
