import type { Answer } from './answers.cts';
import { clientOf, tokenAnswer, tokenFailure, type TokenForm } from './client-credentials.cts';
import { SEED } from './seed.cts';

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
/** Machine accounts by login name, which is also the client id; only one has a secret. */
const CLIENTS: ReadonlyMap<string, { readonly userId: string; readonly secret: string | null }> =
	new Map([
		[client.id, { userId: accounts.userManager.userId, secret: client.secret }],
		[accounts.viewer.userName, { userId: accounts.viewer.userId, secret: null }],
	]);

/** Knows personal access tokens and issues tokens for client credentials. */
export class TokenService {
	private readonly issued = new Map<string, { readonly userId: string; readonly api: boolean }>();
	/** Whose personal access tokens are gone. */
	private readonly revoked = new Set<string>();

	constructor(private readonly isActive: (userId: string) => boolean) {}

	/** Whose token this is, if ZITADEL's API accepts it now. */
	userOf(token: string): string | undefined {
		const issued = this.issued.get(token);
		const owner = ACCESS_TOKENS.get(token);
		if (owner !== undefined && this.revoked.has(owner)) return undefined;
		const userId = issued?.api ? issued.userId : owner;
		return userId !== undefined && this.isActive(userId) ? userId : undefined;
	}

	/** A deactivated user's own personal access tokens do not come back: section 6. */
	revokeAccessTokensOf(userId: string): void {
		this.revoked.add(userId);
	}

	/** Answers a token request, with the client's id and secret from the header or the form. */
	issue(authorization: string | undefined, form: TokenForm): Answer {
		const { id, secret } = clientOf(authorization, form);
		const known = CLIENTS.get(id);
		if (!known) return tokenFailure('invalid_client', 'client not found');
		if (known.secret === null) {
			return tokenFailure('invalid_client', 'user has no secret (OIDC-pieP8)');
		}
		if (known.secret !== secret) return tokenFailure('invalid_client', 'wrong secret (OIDC-VoXo6)');
		if (!this.isActive(known.userId)) {
			return tokenFailure('invalid_client', 'user is not active (OIDCS-kj3g2)');
		}
		const token = `zitadel-access-token-${this.issued.size + 1}`;
		const api = (form.scope ?? '').split(' ').includes(AUDIENCE_SCOPE);
		this.issued.set(token, { userId: known.userId, api });
		return tokenAnswer(token, EXPIRES_IN);
	}

	reset(): void {
		this.issued.clear();
		this.revoked.clear();
	}
}
