/** The look of a book. The reader's own letters and colours; logical sides only, so that it serves both directions. */
export const bookStyle = `body { line-height: 1.5; margin: 0 4%; }
:lang(ar), :lang(fa), :lang(ur), :lang(ckb), :lang(ps) { line-height: 1.8; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; }
h1 { font-weight: normal; font-size: 1.8em; }
h2 { font-size: 1.35em; margin-block: 1.6em .6em; }
h3 { font-size: 1.15em; }
p, ul, dl, blockquote, figure { margin-block: .6em; margin-inline: 0; }
ul { padding-inline-start: 1.4em; }
nav ol { list-style: none; padding-inline-start: 1.4em; }
ul.boxes { list-style: square; }
ul.answers { list-style: none; }
blockquote { margin-inline-start: 1.4em; font-family: serif; }
.running, .small, .caption, figcaption, footer { font-size: .85em; }
.running { border-block-end: 1px solid; padding-block-end: .3em; }
.notice { font-weight: bold; }
.lead { font-size: 1.1em; }
dl.facts dt { font-size: .85em; }
dl.facts dd { margin: 0; font-weight: bold; }
.statement, .help { border: 3px solid; padding: .2em 1em; margin-block: 1em; break-inside: avoid; }
.help h2 { margin-block-start: .6em; }
.help dt { font-weight: bold; margin-block-start: .8em; }
.help dd { margin: 0; }
.help .call { font-size: 1.5em; }
.practice { border-block: 3px solid; padding-block: .4em; }
.card { border: 1px dashed; padding: 0 1em; margin-block: 1em; break-inside: avoid; }
.question { break-inside: avoid; margin-block: 1.2em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-block-end: 1px solid; padding: .3em .5em; text-align: start; vertical-align: top; }
tbody th { font-weight: normal; }
.blank { border-block-end: 1px solid; padding-block-end: 2em; }
.tick { padding-inline-start: 1.8em; position: relative; }
.tick::before { content: ""; position: absolute; inset-inline-start: 0; top: .3em; width: .9em; height: .9em; border: 1px solid; }
figure { text-align: center; }
img { max-width: 100%; background: #fff; }
.qr img { width: 7em; padding: 1em; background: #fff; }
.code { font-size: 1.3em; font-weight: bold; }
footer { border-block-start: 1px solid; margin-block-start: 2em; }
a { color: inherit; }
`;
