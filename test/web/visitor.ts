export const password = 'a river runs downhill';

/** A browser's manners: keeps the cookie, sends the token of the last page, does not follow by itself. */
export class Visitor {
  readonly origin: string;
  cookie = '';
  token = '';
  /** Sent with everything: what a proxy in front adds. */
  readonly always: Readonly<Record<string, string>>;

  constructor(origin: string, always: Readonly<Record<string, string>> = {}) {
    this.origin = origin;
    this.always = always;
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response & { html: string }> {
    return this.#send(path, { headers });
  }

  async post(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response & { html: string }> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ _csrf: this.token, ...fields })) {
      for (const each of [value].flat()) body.append(name, each);
    }
    return this.#send(path, { method: 'POST', body, headers: { 'Sec-Fetch-Site': 'same-origin', ...headers } });
  }

  async multipart(path: string, form: FormData): Promise<Response & { html: string }> {
    form.set('_csrf', this.token);
    return this.#send(path, { method: 'POST', body: form, headers: { 'Sec-Fetch-Site': 'same-origin' } });
  }

  async signIn(id: string, secret: string = password): Promise<Response & { html: string }> {
    await this.get('/desk/sign-in');
    return this.post('/desk/sign-in', { email: `${id}@example.org`, password: secret });
  }

  async #send(path: string, init: RequestInit & { headers: Readonly<Record<string, string>> }) {
    const headers = {
      Accept: 'text/html',
      ...this.always,
      ...(this.cookie ? { Cookie: this.cookie } : {}),
      ...init.headers,
    };
    const response = await fetch(`${this.origin}${path}`, { ...init, headers, redirect: 'manual' });
    const set = response.headers.getSetCookie().at(-1);
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    const html = await response.text();
    this.token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.token;
    return Object.assign(response, { html });
  }
}
