// Compares the files of a copy with the list that was packed with them, in the reader's browser. The same check as
// `headwater bundle check`.
(() => {
  const part = (name) => document.querySelector(`#check-${name}`);
  const said = part('said');
  part('needs').hidden = true;
  if (!globalThis.crypto?.subtle) {
    said.textContent = said.dataset.cannot;
    return;
  }
  const input = part('folder');
  // Set here, for the check needs this script and no standard of HTML knows the attribute.
  input.webkitdirectory = true;
  input.closest('.check').hidden = false;

  /** What computers leave in every folder that they show. */
  const leavings = /(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

  const hashOf = async (bytes) =>
    [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');

  /** Null for what is no list, or a damaged one. */
  const readManifest = async (file) => {
    try {
      const { sum, ...rest } = JSON.parse(await file.text());
      if (rest.format !== 'headwater-bundle/1') return null;
      return (await hashOf(new TextEncoder().encode(JSON.stringify(rest)))) === sum ? rest : null;
    } catch {
      return null;
    }
  };

  const lineOf = (word, path) => {
    const line = document.createElement('li');
    line.append(`${word}: `, Object.assign(document.createElement('bdi'), { dir: 'ltr', textContent: path }));
    return line;
  };

  let turn = 0;
  const check = async () => {
    const mine = ++turn;
    part('complete').hidden = true;
    part('altered').hidden = true;
    said.textContent = said.dataset.working;
    const files = new Map(
      [...input.files]
        .map((file) => [file.webkitRelativePath.split('/').slice(1).join('/') || file.name, file])
        .filter(([path]) => !leavings.test(path)),
    );
    const list = files.get('manifest.json');
    const manifest = list ? await readManifest(list) : null;
    if (manifest === null) {
      if (mine === turn) said.textContent = said.dataset.none;
      return;
    }
    const listed = new Set(manifest.files.map(({ path }) => path));
    const found = { changed: [], missing: [], extra: [] };
    for (const { path, bytes, sha256 } of manifest.files) {
      const file = files.get(path);
      if (file === undefined) found.missing.push(path);
      else {
        const is = file.size === bytes ? await file.arrayBuffer().then(hashOf, () => '') : '';
        if (is !== sha256) found.changed.push(path);
      }
    }
    for (const path of files.keys()) if (path !== 'manifest.json' && !listed.has(path)) found.extra.push(path);
    if (mine !== turn) return;
    const target = part('list');
    const lines = Object.entries(found).flatMap(([kind, paths]) =>
      paths.map((path) => lineOf(target.dataset[kind], path)),
    );
    target.replaceChildren(...lines.slice(0, 200));
    said.textContent = '';
    part(lines.length === 0 ? 'complete' : 'altered').hidden = false;
  };
  input.addEventListener('change', check);
})();
