/** What reads a carbon application in the end is Java: both of its readers, over both ways of packing. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { testWith } from '../support/tools.ts';

const program = `
import java.io.*; import java.util.*; import java.util.zip.*;
public class Read {
  static String line(String reader, ZipEntry entry, InputStream in) throws IOException {
    CRC32 crc = new CRC32(); crc.update(in.readAllBytes());
    return reader + " " + entry.getName() + " " + entry.isDirectory() + " " + Long.toHexString(crc.getValue());
  }
  public static void main(String[] args) throws IOException {
    for (String path : args) {
      try (ZipFile zip = new ZipFile(path)) {
        for (ZipEntry e : Collections.list(zip.entries())) System.out.println(line("file", e, zip.getInputStream(e)));
      }
      try (ZipInputStream in = new ZipInputStream(new FileInputStream(path))) {
        for (ZipEntry e; (e = in.getNextEntry()) != null;) System.out.println(line("stream", e, in));
      }
    }
  }
}`;

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'zip-readers-')));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('an archive that this project writes', () => {
  testWith('java')(
    'is read by Java, from the file and as a stream, stored and deflated',
    async () => {
      const entries = [
        { name: 'EmployeeAPI_1.0.0/', data: Buffer.alloc(0) },
        { name: 'EmployeeAPI_1.0.0/artifact.xml', data: Buffer.from('123456789') },
        { name: 'Straße_1.0.0/Straße.xml', data: Buffer.from('123456789'.repeat(1000)) },
      ];
      const [stored, deflated] = [join(folder, 'stored.car'), join(folder, 'deflated.car')];
      await writeZip(stored, entries, { method: 'store' });
      await writeZip(deflated, entries);
      writeFileSync(join(folder, 'Read.java'), program);
      const java = ['-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', join(folder, 'Read.java'), stored, deflated];
      const printed = execFileSync('java', java, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
      const expected = ['file', 'stream'].flatMap((reader) => [
        `${reader} EmployeeAPI_1.0.0/ true 0`,
        // The check value of CRC-32.
        `${reader} EmployeeAPI_1.0.0/artifact.xml false cbf43926`,
        `${reader} Straße_1.0.0/Straße.xml false 407589cf`,
      ]);
      expect(printed.trim().split('\n')).toEqual([...expected, ...expected]);
    },
    60_000,
  );
});
