/**
 * `npm run pictures`: job summaries as GitHub shows them, as pictures. Takes what `npm run demo` left in demo-output/ (or the
 * Markdown files that are named) and writes a PNG beside each; `--into docs/pictures` collects them. Needs Chromium.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { marked } from 'marked';

const root = join(import.meta.dirname, '..');

// The measures and colours of GitHub's pages, as far as a summary uses them.
const style = `
  body { font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; margin: 24px; width: 992px; }
  h2, h3 { font-weight: 600; line-height: 1.25; margin: 24px 0 16px; } h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; }
  table { border-collapse: collapse; margin-bottom: 16px; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
  tr:nth-child(2n) { background: #f6f8fa; } code, pre { font: 85% ui-monospace, Menlo, Consolas, monospace; background: #f6f8fa; border-radius: 6px; }
  code { padding: .2em .4em; } pre { padding: 16px; overflow: hidden; white-space: pre-wrap; } pre code { padding: 0; background: none; font-size: 100%; }
  blockquote { border-left: .25em solid #d1d9e0; color: #59636e; margin: 0 0 16px; padding: 0 1em; } a { color: #0969da; text-decoration: none; }
`;

const args = process.argv.slice(2);
const at = args.indexOf('--into');
const into = at < 0 ? undefined : resolve(root, args[at + 1] ?? '.');
const named = at < 0 ? args : args.toSpliced(at, 2);
const files = named.length > 0 ? named.map((file) => resolve(file)) : markdownIn(join(root, 'demo-output'));
if (files.length === 0) {
  console.error('There is nothing to show. Run `npm run demo` first, or name Markdown files.');
  process.exit(2);
}
const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
if (browser === undefined) {
  console.error('Pictures need Chromium: apt-get install chromium');
  process.exit(2);
}
const temp = mkdtempSync(join(tmpdir(), 'pictures-'));
try {
  for (const file of files) {
    const target = join(into ?? dirname(file), `${basename(file, '.md')}.png`);
    mkdirSync(dirname(target), { recursive: true });
    picture(browser, file, target);
    console.log(target);
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name));
}

/** Two visits: the first tells how high the page is, the second takes it whole. */
function picture(program: string, file: string, target: string): void {
  const page = join(temp, 'page.html');
  const body = marked.parse(readFileSync(file, 'utf8'), { gfm: true, async: false });
  const script = '<script>document.title = String(document.documentElement.scrollHeight)</script>';
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><style>${style}</style><body>${body}${script}`);
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${temp}/profile`];
  const visit = (...more: readonly string[]) =>
    spawnSync(program, [...flags, ...more, `file://${page}`], { encoding: 'utf8', timeout: 60_000 });
  const dom = visit('--window-size=1040,200', '--dump-dom').stdout;
  const height = Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 1200);
  const taken = visit(`--window-size=1040,${Math.max(200, height + 24)}`, `--screenshot=${target}`);
  if (taken.status !== 0) throw new Error(`${program} took no picture of ${file}: ${taken.stderr}`);
}
