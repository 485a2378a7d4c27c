import { fact, type LessonWords, piece } from './publishedFixture.ts';

/** An invented lesson with every kind of segment. Its numbers are examples. */
export const english: LessonWords = {
  edition: 'en-GB',
  facts: [
    fact('helpline.child', { neutral: { phone: '0800 1111' }, wording: { name: 'Childline', hours: 'day and night' } }),
    fact('emergency.number', { type: 'phone', neutral: { phone: '999' }, wording: { name: 'Emergency services' } }),
    fact('report.authority', {
      neutral: { url: 'https://www.example.org/report/' },
      wording: { name: 'Police online' },
    }),
    fact('removal.service', {
      type: 'url',
      neutral: { url: 'https://removal.example.org' },
      wording: { name: 'Picture removal' },
    }),
    fact('safeguarding.lead_title', { type: 'text', wording: { text: 'the safeguarding lead' } }),
  ],
  sections: {
    head: [
      piece('title', 'heading', 'When it goes wrong: get help, give help'),
      piece(
        'summary',
        'paragraph',
        'The five steps: stop, keep, tell, report, block. Then telling again when the first adult does not help.',
      ),
    ],
    before: [
      piece(
        'before.1',
        'item',
        'Tell {safeguarding.lead_title} the day and hour; disclosures are likely in the 48 hours after.',
      ),
      piece('before.2', 'item', 'Have a second adult in the room.'),
      piece('before.3', 'item', 'Print one sheet for each learner. Never ask for names on it.'),
      piece(
        'before.4',
        'speech',
        '“Thank you for telling me. It is not your fault. I cannot keep this secret, but I will only tell people who can help.”',
      ),
    ],
    objectives: [
      piece('obj.1', 'item', 'Put the five steps in order: stop, keep, tell, report, block.'),
      piece('obj.2', 'item', 'Name two adults and one service.'),
    ],
    messages: [
      piece(
        'CPS-01',
        'statement',
        '**Not your fault.** Whatever you did, said or sent, the person who tricks, pressures or threatens you is responsible. You can always tell.',
      ),
      piece(
        'CPS-02',
        'statement',
        '**Keep telling.** Tell an adult you trust. If the first one does not help, tell another, or {helpline.child}. Keep telling until someone helps.',
      ),
    ],
    materials: [
      piece('mat.1', 'item', 'Five step cards for each group.'),
      piece('mat.2', 'item', 'Role cards for adults.'),
    ],
    steps: [
      piece('act.1', 'step', 'Recap and ground rules', { minutes: 5 }),
      piece('act.1.a', 'paragraph', 'Everyone may pass. Nobody tells stories about real people.'),
      piece('act.2', 'step', 'What is blackmail?', { minutes: 10, evidence: ['E3'] }),
      piece('act.2.a', 'paragraph', 'Say it plainly, then ask the class to say it in their own words:'),
      piece(
        'act.2.b',
        'speech',
        '“Someone says: do what I want or I will share your picture. That is blackmail. It is a crime by them.”',
      ),
      piece('act.3', 'step', 'Tell, and tell again', { minutes: 20, practice: true, evidence: ['E3'] }),
      piece('act.3.a', 'paragraph', 'In threes. An adult, never a learner, plays the adult who does not listen.'),
      piece('act.3.b', 'speech', '“I need help with something. It is about a message.”'),
      piece('act.3.c', 'item', 'First adult: busy. Second adult: listens.'),
      piece('act.3.d', 'item', 'Change roles, so that everyone has said the sentence aloud.'),
      piece('act.4', 'step', 'Calm close', { minutes: 10 }),
      piece('act.4.a', 'paragraph', 'Hand out the sheet. Read the number together: {helpline.child}.'),
    ],
    questions: [
      piece('q.1', 'question', 'Someone writes: “Pay, or I share it.” What now?'),
      piece('q.1.a', 'answer', 'Pay'),
      piece('q.1.b', 'answer', 'Send another one'),
      piece('q.1.c', 'answer', 'Do not pay, do not send, tell', { right: true }),
      piece('q.1.why', 'paragraph', 'Demands often go on after paying.'),
      piece('q.2', 'question', 'Keep:'),
      piece('q.2.a', 'answer', 'Usernames, messages, dates', { right: true }),
      piece('q.2.b', 'answer', 'Copies of private pictures'),
    ],
    safeguarding: [
      piece('safe.1', 'paragraph', 'Stay calm, listen, believe. Hand over to {safeguarding.lead_title} the same day.'),
    ],
    'handout:five-steps': [
      piece('hand.title', 'heading', 'When it goes wrong: five steps'),
      piece(
        'hand.lead',
        'paragraph',
        'If someone says “Do what I want, or I share your picture”, that is blackmail. It is **their** crime. Help exists and works.',
      ),
      piece('hand.1', 'step', 'Stop'),
      piece(
        'hand.1.a',
        'paragraph',
        'Do not pay. Do not send anything else. Even if you did before, you can stop now.',
      ),
      piece('hand.2', 'step', 'Keep'),
      piece(
        'hand.2.a',
        'paragraph',
        'Keep messages, usernames and dates. Do not copy, screenshot or send a private picture to anyone: not even to ask for help.',
      ),
      piece('hand.3', 'step', 'Tell'),
      piece(
        'hand.3.a',
        'paragraph',
        'Tell an adult you trust. If they do not help, tell another, or {helpline.child}. Tell until someone helps.',
      ),
      piece('hand.4', 'step', 'Report'),
      piece('hand.4.a', 'paragraph', 'Report the account in the app. An adult can help you go to the police.'),
      piece('hand.5', 'step', 'Block'),
      piece('hand.5.a', 'paragraph', 'Then block the account. Do not delete the chat before someone has helped you.'),
      piece('hand.adults', 'heading', 'Two adults I can tell'),
      piece('hand.b1', 'blank', '1'),
      piece('hand.b2', 'blank', '2'),
      piece('hand.b3', 'caption', 'At least one from outside home.'),
      piece('hand.first', 'heading', 'My first sentence'),
      piece('hand.b4', 'blank', '“'),
      piece('hand.b5', 'caption', 'For example: “I need help with something.”'),
      piece(
        'hand.st',
        'statement',
        '**Not your fault.** Whatever you did, said or sent: the person who tricks, pressures or threatens is responsible. You can always tell.',
      ),
    ],
    slides: [
      piece('sl.1', 'slide', 'Five steps'),
      piece('sl.1.a', 'item', 'Stop'),
      piece('sl.1.n', 'presenterNote', 'Point at the poster.'),
    ],
    letter: [
      piece('let.title', 'heading', 'To parents and carers'),
      piece(
        'let.1',
        'paragraph',
        'This week your child learns what to do when someone threatens to share a picture. Ask one calm question, and listen.',
      ),
      piece('let.2', 'item', 'Thank your child for telling you.'),
      piece('let.3', 'item', 'Do not take the phone away as a punishment.'),
      piece('let.4', 'paragraph', 'Read more: [how to talk about it](https://www.example.org/talk).'),
    ],
    booster: [
      piece('boo.title', 'heading', 'Do you remember?'),
      piece('boo.1', 'paragraph', 'Write the five steps from memory.'),
      piece('boo.2', 'blank', '1'),
      piece('boo.3', 'blank', '2'),
    ],
  },
};
