import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../src/config.ts';

test('an empty environment gives the embedded database, .eml mails and this machine only', () => {
  const config = readConfig({});
  assert.deepEqual(
    [config.port, config.host, config.baseUrl, config.mongodbUri, config.smtpUrl, config.trustProxy],
    [3000, '127.0.0.1', null, null, null, false],
  );
});

test('an empty variable counts as unset, and a trailing slash of BASE_URL is dropped', () => {
  const config = readConfig({ PORT: '', BASE_URL: 'https://headwater.example/' });
  assert.equal(config.port, 3000);
  assert.equal(config.baseUrl, 'https://headwater.example');
});

test('the memory of the embedded database is a number of megabytes from 16 on', () => {
  assert.equal(readConfig({}).databaseMegabytes, null);
  assert.equal(readConfig({ DATABASE_MEMORY_MB: '64' }).databaseMegabytes, 64);
  for (const wrong of ['8', 'much', '64.5'])
    assert.throws(() => readConfig({ DATABASE_MEMORY_MB: wrong }), /DATABASE_MEMORY_MB/);
});

test('a contact is a mail address or a page', () => {
  assert.equal(readConfig({}).contact, null);
  for (const contact of ['reach@example.org', 'https://example.org/reach']) {
    assert.equal(readConfig({ CONTACT: contact }).contact, contact);
  }
  for (const wrong of ['by phone', 'javascript:alert(1)', 'ftp://example.org']) {
    assert.throws(() => readConfig({ CONTACT: wrong }), /CONTACT/);
  }
});

test('every wrong variable is named', () => {
  assert.throws(
    () => readConfig({ PORT: 'many', SMTP_URL: 'http://mail', BASE_URL: 'ftp://x' }),
    (error: Error) => ['PORT', 'SMTP_URL', 'BASE_URL'].every((name) => error.message.includes(name)),
  );
});
