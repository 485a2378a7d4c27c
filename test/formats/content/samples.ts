export const b4 = `---
lesson: B4
band: B
ages: [10, 12]
minutes: 45
booster: 15
group: class            # class | adults
screens: none
sheets: 2
topics: [blackmail]
sensitivity: high
notForAssembly: true
evidence: [E3, E10]
---

# head

[#B4.title heading core]
When it goes wrong: get help, give help

[#B4.summary paragraph adaptable]
note: One sentence,
note: for the list.
The five steps: stop, keep, tell, report, block.

# messages

[@CPS-01]

# steps

[#B4.act.4 step core minutes=15 practice evidence=E3,E10]
Tell, and tell again

[#B4.act.4.say speech core]
from: B4.old.1, B4.old.2
\\# no section

\\note: no field
\\[#no.marker]
\\*no emphasis

# handout:five-steps

[#B4.hand.1 heading core]
Call: {helpline.child}
`;

export const shared = `---
shared: core-statements
---

[#CPS-01 statement core]
**Not your fault.**

[#CPS-01.plain statement core]
variantOf: CPS-01
**Not your fault.** Really.
`;

const facts = `- key: helpline.child
  type: phone
  need: required
  label: The helpline
  checkEvery: 180
- key: helpline.crisis
  type: contact
  need: recommended
  label: The crisis line
  checkEvery: 180
`;

/** A small baseline, one file of each kind. */
export function baselineFiles(): Map<string, string> {
  return new Map([
    ['lessons/B4.md', b4],
    ['shared/core-statements.md', shared],
    ['order.yaml', '- B4\n'],
    ['facts.yaml', facts],
    [
      'evidence.yaml',
      '- { id: E3, citation: A, follows: B, certainty: high }\n- { id: E10, citation: A, follows: B, certainty: low }\n',
    ],
  ]);
}
