/** Loaded before everything else in a process and in its threads: the machine's clock goes wrong by so many days. */
const wrongBy = Number(process.env.PROVE_CLOCK_DAYS ?? 0) * 86_400_000;

globalThis.Date = new Proxy(Date, {
  construct: (real, given, as) => Reflect.construct(real, given.length === 0 ? [real.now() + wrongBy] : given, as),
  apply: (real) => new real(real.now() + wrongBy).toString(),
  get: (real, name) => (name === 'now' ? () => real.now() + wrongBy : Reflect.get(real, name)),
});
