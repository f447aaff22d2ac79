/** A build context in memory. Folders come from the paths; a value that starts with -> is a link. */
import type { BuildContext } from '@wso2-delivery/shared/oci/dockerfile/context';

export function memoryContext(files: Readonly<Record<string, string>>): BuildContext {
  const paths = Object.keys(files);
  const isFolder = (path: string) => path === '' || paths.some((file) => file.startsWith(`${path}/`));
  return {
    entry: (path) => {
      const content = files[path];
      if (content?.startsWith('->') === true)
        return { type: 'symlink', mode: 0o777, size: 0, target: content.slice(2) };
      if (content !== undefined) return { type: 'file', mode: 0o644, size: content.length };
      return isFolder(path) ? { type: 'directory', mode: 0o755, size: 0 } : undefined;
    },
    names: (path) => {
      const below =
        path === ''
          ? paths
          : paths.filter((file) => file.startsWith(`${path}/`)).map((file) => file.slice(path.length + 1));
      return [...new Set(below.map((file) => file.split('/')[0] ?? ''))].sort();
    },
    content: (path) => {
      const bytes = Buffer.from(files[path] ?? '');
      return {
        length: bytes.length,
        async *open() {
          yield await Promise.resolve(bytes);
        },
      };
    },
    head: (path, length) => Buffer.from(files[path] ?? '', 'latin1').subarray(0, length),
  };
}
