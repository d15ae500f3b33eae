import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Fields of our credentials, and of n8n's OAuth2 token data, that hold something secret. */
const SECRET_FIELD = /^(apiKey|accessToken|clientSecret|(access|refresh|id)_token)$/;

/** Shorter ones would blot out ordinary text. */
const MIN_LENGTH = 6;

/** The secret values in a credential, at any depth, longest first. */
export function secretsOf(credential: ICredentialDataDecryptedObject): string[] {
	const found = new Set<string>();
	const collect = (value: unknown, isSecret: boolean): void => {
		if (typeof value === 'string') {
			if (isSecret && value.trim().length >= MIN_LENGTH) found.add(value.trim());
		} else if (typeof value === 'object' && value !== null) {
			for (const [name, inner] of Object.entries(value)) collect(inner, SECRET_FIELD.test(name));
		}
	};
	collect(credential, false);
	return [...found].sort((a, b) => b.length - a.length);
}

/** Takes secrets out of a text: a service may repeat the key that it complains about. */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

/**
 * Takes secrets out of all texts in a value, names of fields included. Of the value, not of the JSON
 * that it came as: there each character may be written as an escape.
 */
export function redactAll<T>(value: T, secrets: readonly string[]): T {
	return withoutSecrets(value, secrets) as T;
}

function withoutSecrets(value: unknown, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return redact(value, secrets);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((entry: unknown) => withoutSecrets(entry, secrets));
	const fields = Object.entries(value).map(([name, inner]) => [
		redact(name, secrets),
		withoutSecrets(inner, secrets),
	]);
	return Object.fromEntries(fields);
}
