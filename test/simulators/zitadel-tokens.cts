import { z } from 'zod';
import { Refusal, Violation, type Answer } from './answers.cts';
import { formBody } from './routes.cts';
import { SEED } from './seed.cts';

/** A client-credentials token request: RFC 6749, section 4.4. */
const TOKEN_FORM = z.strictObject({
	grant_type: z.literal('client_credentials'),
	scope: z.string().optional(),
	client_id: z.string().optional(),
	client_secret: z.string().optional(),
});

type TokenForm = z.infer<typeof TOKEN_FORM>;
export const TOKEN_BODY = formBody(TOKEN_FORM);

/** Without it a token is issued all the same, but ZITADEL's own API does not take it. */
const AUDIENCE_SCOPE = 'urn:zitadel:iam:org:project:id:zitadel:aud';
/** Documented as about this long, in seconds. */
const EXPIRES_IN = 43199;

const { secrets, accounts, client } = SEED.zitadel;

const ACCESS_TOKENS: ReadonlyMap<string, string> = new Map([
	[secrets.valid, accounts.userManager.userId],
	[secrets.withoutPermission, accounts.viewer.userId],
	[secrets.withoutRole, accounts.withoutRole.userId],
	[secrets.withoutReading, accounts.withoutReading.userId],
]);
/** Knows personal access tokens and issues tokens for client credentials. */
export class TokenService {
	private readonly issued = new Map<string, { readonly userId: string; readonly api: boolean }>();

	constructor(private readonly isActive: (userId: string) => boolean) {}

	/** Whose token this is, if ZITADEL's API accepts it now. */
	userOf(token: string): string | undefined {
		const issued = this.issued.get(token);
		const owner = ACCESS_TOKENS.get(token);
		const userId = issued?.api ? issued.userId : owner;
		return userId !== undefined && this.isActive(userId) ? userId : undefined;
	}

	/** Answers a token request, with the client's id and secret from the header or the form. */
	issue(authorization: string | undefined, form: TokenForm): Answer {
		const { id, secret } = clientOf(authorization, form);
		if (id !== client.id) return tokenFailure('invalid_client', 'client not found');
		if (secret !== client.secret) {
			return tokenFailure('invalid_client', 'wrong secret (OIDC-VoXo6)');
		}
		const { userId } = accounts.userManager;
		if (!this.isActive(userId)) {
			return tokenFailure('invalid_client', 'user is not active (OIDCS-kj3g2)');
		}
		const token = `zitadel-access-token-${this.issued.size + 1}`;
		const api = (form.scope ?? '').split(' ').includes(AUDIENCE_SCOPE);
		this.issued.set(token, { userId, api });
		return {
			status: 200,
			headers: { 'cache-control': 'no-store' },
			body: { access_token: token, token_type: 'Bearer', expires_in: EXPIRES_IN },
		};
	}

	reset(): void {
		this.issued.clear();
	}
}

/** OAuth's own error form; the status is 400 for all of them. */
export function tokenFailure(error: string, description: string): Answer {
	return { status: 400, body: { error, error_description: description } };
}

/** Who asks for a token: id and secret are in the header or in the form. */
function clientOf(
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
