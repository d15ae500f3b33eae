import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Fields of our credentials, and of n8n's OAuth2 token data, that hold something secret. */
const SECRET_FIELD = /^(apiKey|accessToken|headerValue|clientSecret|(access|refresh|id)_token)$/;

/** Shorter ones would make ordinary text unreadable. */
const MIN_LENGTH = 6;

/** The secret values in a credential, at any depth. */
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
	return [...found];
}

/** Removes secrets from texts, in every form in which a service may repeat them. */
export interface Redactor {
	text(text: string): string;
	/**
	 * Removes them from all texts in a value, names of fields included. From the value, not from its
	 * JSON: there each character may be written as an escape.
	 *
	 * @param json the text that the value was parsed from
	 */
	value<T>(value: T, json: string): T;
}

/** What services, proxies and libraries say about a header that they got, whoever sent it. */
const AUTHORIZATION = '\\b(?:Bearer|Basic)\\s+[\\w.~+/=-]{6,}';

/** A signed token: three parts in base64 (RFC 7519). */
const SIGNED_TOKEN = '\\beyJ[\\w-]{6,}\\.[\\w-]{6,}\\.[\\w-]+';

/** What stands in the place of a secret. */
export const REDACTED = '***';

export function createRedactor(secrets: readonly string[]): Redactor {
	const forms = new Set(secrets.flatMap(formsOf));
	const pattern = [...forms]
		.sort((a, b) => b.length - a.length)
		.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	const any = new RegExp([...pattern, AUTHORIZATION, SIGNED_TOKEN].join('|'), 'gi');
	const text = (dirty: string) => dirty.replace(any, REDACTED);

	return {
		text,
		value<T>(value: T, json: string): T {
			// Most answers hold no secret: to look through each of their texts would take long.
			const mayHide = json.search(any) >= 0 || json.includes('\\');
			return mayHide ? (redactValue(value, text) as T) : value;
		},
	};
}

/** The ways in which a secret may be written. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret, 'utf8');
	const inUrl = encodeURIComponent(secret);
	const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
	const inHtml = secret
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
	return [
		secret,
		...[inUrl, inForm].flatMap((encoded) => [encoded, encodeURIComponent(encoded)]),
		...['&#39;', '&#x27;', "'"].map((quote) => inHtml.replaceAll("'", quote)),
		JSON.stringify(secret).slice(1, -1),
		bytes.toString('hex'),
		...base64Of(bytes),
	].filter((form) => form.length >= MIN_LENGTH);
}

/**
 * Base64 of the secret wherever it stands in a longer text, as in a Basic header: three bytes make
 * four characters, so it has three forms. The characters at its ends depend on what is around it.
 */
function base64Of(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap((shift) => {
		const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		const inner = encoded.slice(
			shift === 0 ? 0 : shift + 1,
			(shift + bytes.length) % 3 === 0 ? undefined : -1,
		);
		return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
	});
}

function redactValue(value: unknown, text: (dirty: string) => string): unknown {
	if (typeof value === 'string') return text(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((entry: unknown) => redactValue(entry, text));
	const fields = Object.entries(value).map(([name, inner]) => [
		text(name),
		redactValue(inner, text),
	]);
	return Object.fromEntries(fields);
}
