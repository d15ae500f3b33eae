import { inspect } from 'node:util';

/** Every form in which a secret could slip out. */
function formsOf(secret: string): string[] {
	const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
	return [secret, encodeURIComponent(secret), base64];
}

/**
 * Finds secrets in a value: in what hangs on it visibly or hidden, at any depth, causes and stacks
 * included. Gives the forms found, so that an empty list is proof.
 */
export function findSecrets(value: unknown, secrets: readonly string[]): string[] {
	const seen = inspect(value, {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: Infinity,
		maxStringLength: Infinity,
		breakLength: Infinity,
	});
	return secrets.flatMap(formsOf).filter((form) => seen.includes(form));
}
