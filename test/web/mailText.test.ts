import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import { readMail } from '../../src/web/desk/mails/mailText.ts';
import { addPartners, addPerson, frontRoutes, listen, testWorld, Visitor } from './testApp.ts';

async function eml(subject: string, text: string, html?: string): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const mail = { from: 'desk@example.org', to: 'deniz@example.org', subject, text, ...(html ? { html } : {}) };
  return String((await transport.sendMail(mail)).message);
}

test('a mail file is read as a person reads it', async () => {
  const text = 'Merhaba Türkiye,\n14 birim eskidi: CPS-03 = güvenlik.\nمرحبا';
  for (const html of [undefined, '<p>Merhaba</p>']) {
    const mail = readMail(await eml('Türkiye için 14 birim, güvenlik ve daha fazlası beklemekte', text, html));
    assert.equal(mail.subject, 'Türkiye için 14 birim, güvenlik ve daha fazlası beklemekte');
    assert.equal(mail.to, 'deniz@example.org');
    assert.equal(mail.text.replaceAll('\r\n', '\n'), text);
  }
});

test('operators read the files of the folder, and nothing beside them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mails-'));
  writeFileSync(join(folder, 'one.eml'), await eml('Baseline 1.5.0', 'A <b> text'));
  writeFileSync(join(folder, 'other.txt'), 'secret');
  const world = await testWorld();
  await addPartners(world);
  await addPerson(world, 'omar', 'authority', ['operator']);
  await addPerson(world, 'deniz', 'tr', ['coordinator']);
  const app = await listen(world, frontRoutes(folder));
  const omar = new Visitor(app.origin);
  await omar.signIn('omar');
  assert.ok((await omar.get('/desk/mails')).html.includes('/desk/mails/one.eml'));
  assert.ok((await omar.get('/desk/mails/one.eml')).html.includes('A &lt;b&gt; text'));
  for (const path of ['other.txt', '..%2Fpackage.json', 'nothing.eml', '%00']) {
    assert.equal((await omar.get(`/desk/mails/${path}`)).status, 404, path);
  }
  const deniz = new Visitor(app.origin);
  await deniz.signIn('deniz');
  assert.equal((await deniz.get('/desk/mails/one.eml')).status, 403);
  await app.close();
  rmSync(folder, { recursive: true });
});
