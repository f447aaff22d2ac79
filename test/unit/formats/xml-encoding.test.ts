import { expect, test } from '@jest/globals';
import { decodeXml } from '@wso2-delivery/shared/formats/xml-encoding';

const body = '<a>Zürich</a>';
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${body}`;

test.each<[string, Buffer, string]>([
  ['nothing said: UTF-8', Buffer.from(body), body],
  ['UTF-8 said', Buffer.from(declared('UTF-8')), declared('UTF-8')],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${body}`), body],
  ['UTF-16, little end first', Buffer.from(`\ufeff${body}`, 'utf16le'), body],
  ['UTF-16, big end first', swapped(`\ufeff${body}`), body],
  ['UTF-16 without a byte order mark', Buffer.from(declared('UTF-16'), 'utf16le'), declared('UTF-16')],
  ['UTF-16 without a byte order mark, big end first', swapped(declared('UTF-16BE')), declared('UTF-16BE')],
  ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1'), declared('ISO-8859-1')],
  [
    'windows-1252 in single quotes',
    Buffer.from(`<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>`, 'latin1'),
    "<?xml version='1.0' encoding='windows-1252'?><a>€</a>",
  ],
  [
    'a byte order mark before a declaration that says otherwise',
    Buffer.from(`\ufeff${declared('ISO-8859-1')}`),
    declared('ISO-8859-1'),
  ],
  [
    'a declaration in the text is none',
    Buffer.from(`<a>&lt;?xml version="1.0" encoding="ISO-8859-1"?>ü</a>`),
    '<a>&lt;?xml version="1.0" encoding="ISO-8859-1"?>ü</a>',
  ],
  ['no bytes', Buffer.alloc(0), ''],
])('%s', (_, bytes, text) => {
  expect(decodeXml(bytes)).toBe(text);
});

test('an encoding that nobody knows is named', () => {
  expect(() => decodeXml(Buffer.from(declared('KLINGON')))).toThrow(
    'declares the encoding KLINGON, which is not known',
  );
});
