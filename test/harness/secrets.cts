import { inspect } from 'node:util';

/**
 * Finds secrets in a value: in all that hangs on it, shown or hidden, at any depth, causes and
 * stacks included. Gives the forms found, so that an empty list is proof.
 */
export function findSecrets(value: unknown, secrets: readonly string[]): string[] {
	const texts = textsOf(value);
	return secrets.flatMap(formsOf).filter((form) => texts.some((text) => text.includes(form)));
}

/** Every form in which a secret could slip out. */
function formsOf(secret: string): string[] {
	if (secret === '') throw new Error('an empty secret is found everywhere');
	const encoded = [0, 1, 2].map((offset) => base64Core(secret, offset));
	return [
		...new Set([
			secret,
			encodeURIComponent(secret),
			...encoded,
			...encoded.map((core) => core.replaceAll('+', '-').replaceAll('/', '_')),
		]),
	];
}

/**
 * What base64 makes of the secret alone when that many bytes stand before it, as in the `id:secret`
 * of a Basic header: without the characters that also depend on its neighbours.
 */
function base64Core(secret: string, offset: number): string {
	const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
	const first = Math.ceil((offset * 8) / 6);
	return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
}

/** All texts in a value, what loggers and JSON make of it, and what only a search brings up. */
function textsOf(value: unknown): string[] {
	const texts = [inspect(value, { depth: Infinity, showHidden: true })];
	const seen = new Set<unknown>();
	const visit = (part: unknown): void => {
		if (typeof part === 'string') texts.push(part);
		if ((typeof part !== 'object' && typeof part !== 'function') || part === null) return;
		if (seen.has(part)) return;
		seen.add(part);
		if (ArrayBuffer.isView(part)) {
			texts.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString());
			return;
		}
		if (part instanceof Map) [...part].forEach(visit);
		if (part instanceof Set) part.forEach(visit);
		for (const key of Reflect.ownKeys(part)) {
			texts.push(String(key));
			visit(read(() => Reflect.get(part, key) as unknown));
		}
		visit(read(() => JSON.stringify(part)));
	};
	visit(value);
	return texts;
}

/** What cannot be read, such as a getter that throws or a circle as JSON, says nothing. */
function read<T>(get: () => T): T | undefined {
	try {
		return get();
	} catch {
		return undefined;
	}
}
