import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTransport } from 'nodemailer';
import { type Mailbox, startMailbox } from './mailbox.ts';

let mailbox: Mailbox;
before(async () => {
  mailbox = await startMailbox();
});
after(() => mailbox.close());

test('a mail in Arabic and Turkish comes back as it was written', async () => {
  const subject = 'تحديث جديد متاح للدروس: السلامة على الإنترنت للأطفال واليافعين في كل مكان';
  const text = 'Şüpheli bir mesaj alırsan söyle.\nGörüşürüz = İyi günler, uzun bir satır: '.padEnd(200, 'ğ');
  const transport = createTransport(mailbox.url);
  await transport.sendMail({
    from: { name: 'Kaynak Ağı', address: 'news@headwater.example' },
    to: 'partner@example.org',
    subject,
    text,
    html: '<p>اتصل <bdi>116 111</bdi></p>',
    headers: { 'List-Unsubscribe': '<https://headwater.example/u/1>' },
  });
  transport.close();

  const [mail] = await mailbox.waitFor(1);
  assert.ok(mail);
  assert.equal(mail.subject, subject);
  assert.equal(mail.text, text);
  assert.equal(mail.html, '<p>اتصل <bdi>116 111</bdi></p>');
  assert.match(mail.from, /Kaynak Ağı/);
  assert.equal(mail.headers.get('list-unsubscribe'), '<https://headwater.example/u/1>');
  assert.deepEqual(mail.envelopeTo, ['partner@example.org']);
  assert.equal(mail.envelopeFrom, 'news@headwater.example');
  assert.equal(mailbox.mails().length, 1);
});

test('waiting for a mail that does not come ends in an error', async () => {
  await assert.rejects(mailbox.waitFor(99, 20), /1 of 99 mails came within 20 ms/);
});
