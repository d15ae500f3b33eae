import { z } from 'zod';
import { Refusal, Violation, type Answer } from './answers.cts';
import { formBody } from './routes.cts';

const TOKEN_FORM = z
	.object({
		grant_type: z.literal('client_credentials'),
		scope: z.string().optional(),
		client_id: z.string().optional(),
		client_secret: z.string().optional(),
	})
	.strict();

/** The fields of a client-credentials token request: RFC 6749, section 4.4. */
export type TokenForm = z.infer<typeof TOKEN_FORM>;

/** The body of such a request. */
export const TOKEN_BODY = formBody(TOKEN_FORM);

/** A token for the one who asked for it. */
export function tokenAnswer(token: string, seconds: number): Answer {
	return {
		status: 200,
		headers: { 'cache-control': 'no-store' },
		body: { access_token: token, token_type: 'Bearer', expires_in: seconds },
	};
}

/** OAuth's own error form; the status is 400 for all of them. */
export function tokenFailure(error: string, description: string): Answer {
	return { status: 400, body: { error, error_description: description } };
}

/** Who asks for a token: id and secret are in the header or in the form. */
export function clientOf(
	authorization: string | undefined,
	form: TokenForm,
): { readonly id: string; readonly secret: string | undefined } {
	const inForm = form.client_id !== undefined || form.client_secret !== undefined;
	if (authorization === undefined) return { id: form.client_id ?? '', secret: form.client_secret };
	// RFC 6749, section 2.3: one method per request.
	if (inForm) throw new Violation(400, 'client: send id and secret in the header or in the form');
	const basic = /^Basic (\S+)$/.exec(authorization)?.[1];
	if (basic === undefined) throw new Violation(400, 'authorization: must be Basic');
	const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
	return { id: formDecode(id), secret: formDecode(rest.join(':')) };
}

/** Both parts are form-encoded, so that an unencoded `+` or `%` does not arrive as sent. */
function formDecode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		throw new Refusal(tokenFailure('invalid_client', 'invalid basic auth header'));
	}
}
