/** Texts that are damaged, by accident or on purpose. */
import * as fc from 'fast-check'

/** Text that is truncated, repeated, or contains bytes that are not UTF-8. */
export function anyBroken(text: fc.Arbitrary<string>): fc.Arbitrary<string | number[] | undefined> {
  const breaks: ((text: string, at: number) => string | number[] | undefined)[] = [
    () => undefined,
    () => '',
    (text, at) => text.slice(0, at % (text.length + 1)),
    (text) => text + text,
    (text) => `\ufeff${text}`,
    (text) => `${text}\0`,
    (text, at) => text.replaceAll('"', at % 2 ? "'" : ''),
    (text, at) => [...new TextEncoder().encode(text).slice(0, at % (text.length + 1)), 0xff, 0xc0, 0x80],
    (text, at) => withDeepMember(text, at),
    () => '['.repeat(20_000),
    () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    () => '"\\ud800"',
    () => '1e999',
  ]
  return fc.tuple(text, fc.nat(10_000), fc.constantFrom(...breaks)).map(([text, at, broken]) => broken(text, at))
}

/** JSON with an added member in one of its objects, nested so deeply that recursion overflows the stack. */
function withDeepMember(text: string, at: number): string {
  const objects = Array.from(text.matchAll(/\{(?=")/g), ({ index }) => index + 1)
  const place = objects[at % objects.length] ?? 0
  return `${text.slice(0, place)}"deep":${'['.repeat(20_000)}${']'.repeat(20_000)},${text.slice(place)}`
}
