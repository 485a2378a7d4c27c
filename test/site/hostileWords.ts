/** What nobody should send: codes, questions, filters, methods and addresses. */

export const unknownCodes = ['ZZZZZ-ZZZZZ', '00000-00000', '7QK4M-2XD5H', '٠٠٠٠٠-٠٠٠٠٠'];
export const malformedCodes = [
  ...['hello', '-', '🙂', '<script>alert(1)</script>', "' or 1=1", '../../etc/passwd', '__proto__', '{{7*7}}'],
  ...['A'.repeat(500), '\u202e7QK4M', '\u0000\u0000', 'e\u0301'.repeat(200), '10000-000000000'],
];
export const hostileWords: readonly string[] = [
  ...[
    `.*+?^$\{}()|[]\\`,
    '(a+)+$',
    '((((((((((',
    '[',
    '\\',
    '%',
    '"',
    "'",
    '<script>alert(1)</script>',
    '{{constructor}}',
  ],
  ...['"><img src=x onerror=alert(1)>', '\u0000', '\u0001\u0008\u001b[31m', '\r\nSet-Cookie: a=b', '\u2028\u2029'],
  ...[
    '\u202eesrever\u202c',
    '\u2066a\u2069',
    '\ufeff',
    '\ud83d\ude42',
    '\ufdfa'.repeat(60),
    'e\u0301\u0301\u0301'.repeat(50),
  ],
  ...[
    'a '.repeat(99),
    'and or not and or',
    '*',
    'title:secret',
    '../../index.json',
    '__proto__',
    'constructor',
    '-'.repeat(200),
  ],
  ...['a'.repeat(200), 'ا'.repeat(200), '\u200d'.repeat(200), '１２３', 'İıſK'],
];
export const absurdFilters = [
  ...[
    'age=999',
    'age=-1',
    'age=7-9-11',
    'age[]=7-9',
    'age[$ne]=x',
    'minutes=-1',
    'minutes=0',
    'minutes=1e9',
    'minutes=NaN',
  ],
  ...[
    'minutes=99999',
    'minutes=%D9%A4%D9%A0',
    'topic=__proto__',
    'topic=<script>',
    'format=../../etc',
    'format=toString',
  ],
  ...[
    'screens=some',
    '__proto__=x',
    'constructor=x',
    '__proto__[age]=7-9',
    'age',
    '=',
    '&&&&',
    'age=%00',
    'age=%E0%A4%A',
  ],
  `${'x=1&'.repeat(500)}`,
];
export const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'REPORT'];
export const tornPaths = [
  '/%',
  '/%E0%A4%A',
  '/en-GB/%ZZ',
  '/en-GB/lessons/%',
  '/en-GB/lessons/A3/%C3',
  '/lessons/%ff%fe',
  '/x/%u0041',
];
export const climbing = [
  ...[
    '/../../etc/passwd',
    '/en-GB/../../index.json',
    '/en-GB/lessons/..%2f..%2findex.json',
    '/%2e%2e/%2e%2e/index.json',
  ],
  ...[
    '/en-GB/lessons/..%5c..%5cindex.json',
    '/en-GB/package/..%2f..%2fheadwater.db',
    '/objects/',
    '/editions/en-GB.json',
  ],
  ...[
    '/index.json',
    '/tags.json',
    '/en-GB/lessons/A3/%2e%2e%2fA1',
    '/en-GB/lessons/A3%00.pdf',
    '//en-GB',
    '/.git/config',
  ],
];
