import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FactDefinition, FactValue } from '../../../src/domain/facts/fact.ts';
import { checkFactValue } from '../../../src/domain/facts/factValue.ts';
import { resolveFact, resolveFacts, stopsPublication } from '../../../src/domain/facts/resolveFacts.ts';

const helpline: FactDefinition = {
  key: 'helpline.child',
  type: 'contact',
  need: 'required',
  label: 'Child helpline',
  checkEvery: 180,
};
const value: FactValue = {
  key: 'helpline.child',
  jurisdiction: 'CH',
  neutral: { phone: '147' },
  wordings: { de: { name: 'Beratung' }, fr: { name: 'Conseils' } },
  source: 'https://www.example.org',
  lookedUpOn: '2025-01-01',
  certainty: 'high',
  check: { on: '2025-01-10', by: 'p1', method: 'called' },
  suspended: null,
};
const suspended = { on: '2025-02-01', by: 'p1', reason: 'wrong number' };

describe('resolveFact', () => {
  test('gives the neutral value and the wording of the language, never another language', () => {
    assert.deepEqual(resolveFact(helpline, value, 'fr', '2025-02-01').wording, { name: 'Conseils' });
    assert.deepEqual(resolveFact(helpline, value, 'de-CH', '2025-02-01').wording, { name: 'Beratung' });
    assert.deepEqual(resolveFact(helpline, value, 'it', '2025-02-01').wording, {});
    assert.equal(resolveFact(helpline, value, 'it', '2025-02-01').neutral.phone, '147');
  });

  test('is overdue the day after the check interval has passed', () => {
    assert.equal(resolveFact(helpline, value, 'de', '2025-07-09').problem, undefined);
    assert.equal(resolveFact(helpline, value, 'de', '2025-07-10').problem, 'overdue');
  });

  test('a suspended number is not in the result at all', () => {
    const resolved = resolveFact(helpline, { ...value, suspended }, 'de', '2025-02-01');
    assert.equal(resolved.problem, 'suspended');
    assert.ok(!JSON.stringify(resolved).includes('147'));
  });

  test('says empty without a value and for law without words in this language', () => {
    assert.equal(resolveFact(helpline, undefined, 'de', '2025-02-01').problem, 'empty');
    const law: FactDefinition = { ...helpline, key: 'law.csam', type: 'law' };
    const german = { ...value, key: 'law.csam', neutral: {}, wordings: { de: { text: 'Art. 197' } } };
    assert.equal(resolveFact(law, german, 'de', '2025-02-01').problem, undefined);
    assert.equal(resolveFact(law, german, 'fr', '2025-02-01').problem, 'empty');
  });

  test('the fallback stands in for a missing service, an unchecked value stays', () => {
    const removal: FactDefinition = {
      ...helpline,
      key: 'r',
      type: 'url',
      fallback: { url: 'https://t.org', name: 'T' },
    };
    assert.equal(resolveFact(removal, undefined, 'de', '2025-02-01').neutral.url, 'https://t.org');
    const unchecked = resolveFact(helpline, { ...value, check: null }, 'de', '2025-02-01');
    assert.deepEqual([unchecked.problem, unchecked.neutral.phone], ['unchecked', '147']);
  });

  test('resolves every definition and nothing that is not defined', () => {
    const facts = resolveFacts({ 'helpline.child': helpline }, [value, { ...value, key: 'other' }], 'de', '2025-02-01');
    assert.deepEqual(Object.keys(facts), ['helpline.child']);
  });
});

describe('stopsPublication', () => {
  const stops = (definition: FactDefinition, given: FactValue | undefined, demonstration = false): boolean =>
    stopsPublication(resolveFact(definition, given, 'de', '2025-12-01'), definition, demonstration);
  const checked = { ...value, check: { on: '2025-11-01', by: 'p1', method: 'called' as const } };

  test('a required fact that is empty, suspended or overdue stops, also in a demonstration', () => {
    for (const given of [undefined, { ...checked, suspended }, value]) {
      assert.ok(stops(helpline, given));
      assert.ok(stops(helpline, given, true));
    }
    assert.ok(!stops(helpline, checked));
  });

  test('an unchecked fact stops unless it is a demonstration', () => {
    assert.ok(stops(helpline, { ...checked, check: null }));
    assert.ok(!stops(helpline, { ...checked, check: null }, true));
  });

  test('a sentence or a fallback that stands in does not stop; nor does a recommended fact', () => {
    assert.ok(!stops({ ...helpline, whenMissing: 'S-1' }, undefined));
    assert.ok(!stops({ ...helpline, type: 'url', fallback: { url: 'https://t.org', name: 'T' } }, undefined));
    assert.ok(!stops({ ...helpline, need: 'recommended' }, undefined));
  });
});

describe('checkFactValue', () => {
  const check = (neutral: FactValue['neutral'], type: FactDefinition['type'] = 'contact'): string | null =>
    checkFactValue({ ...helpline, type }, { ...value, neutral, wordings: {} });

  test('takes numbers as they are dialled and nothing else', () => {
    for (const phone of ['116 111', '0800 1111', '+44 800 1111', '*123#', '1-800-843-5678', '112']) {
      assert.equal(check({ phone }), null, phone);
    }
    for (const phone of ['1', ' 112', '11२', 'ALO 183', '112;ext=1', '1'.repeat(21), '+', '--12']) {
      assert.equal(check({ phone }), 'phoneMalformed', phone);
    }
  });

  test('what is printed has the digits that are dialled', () => {
    assert.equal(check({ phone: '183', display: 'ALO 183' }), null);
    assert.equal(check({ phone: '+44 800 1111', display: '0800 1111' }), null);
    assert.equal(check({ phone: '183', display: 'ALO 138' }), 'displayMalformed');
  });

  test('addresses are https and plain', () => {
    assert.equal(check({ url: 'https://www.example.org/a?b=c' }), null);
    for (const url of [
      'http://a.org',
      'javascript:alert(1)',
      'https://u:p@a.org',
      'https://localhost',
      'https://a.org/ b',
    ]) {
      assert.equal(check({ url }), 'urlMalformed', url);
    }
  });

  test('ages are whole years from 0 to 25; a value is there', () => {
    assert.equal(check({ years: 13 }, 'age'), null);
    assert.equal(check({ years: 26 }, 'age'), 'yearsMalformed');
    assert.equal(check({ years: 12.5 }, 'age'), 'yearsMalformed');
    assert.equal(check({}), 'valueMissing');
    assert.equal(check({}, 'law'), 'valueMissing');
  });
});
