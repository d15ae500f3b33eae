import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { SEED } from '../../simulators/index.cts';
import { startServer, type Running } from '../servers.cts';

/** Whom the stand-in lets in. */
export const AWORK_CLIENT = { clientId: 'n8n-at-acme', clientSecret: 'aworkClientSecret' };

const CODE = 'a-code-for-one-use';

/**
 * A stand-in for awork's sign-in: authorization code with PKCE, the client in a Basic header. Who
 * comes with something else gets no further. https://developers.awork.com/authentication
 */
export async function startAworkSignIn(): Promise<Running> {
	let challenge: string | undefined;

	/** The page that the browser shows. */
	const authorize = (url: URL): string => {
		const { redirect_uri: back = '', state = '', ...asked } = Object.fromEntries(url.searchParams);
		challenge = asked['code_challenge'];
		const asDocumented =
			asked['response_type'] === 'code' &&
			asked['client_id'] === AWORK_CLIENT.clientId &&
			asked['scope'] === 'full_access offline_access' &&
			asked['code_challenge_method'] === 'S256';
		if (!asDocumented) return `awork does not know what this is: ${url.search}`;
		const answer = new URLSearchParams({ code: CODE, state });
		return `<a href="${back}?${answer}">Allow</a>`;
	};

	const isGranted = async (request: IncomingMessage): Promise<boolean> => {
		const body = new URLSearchParams(await text(request));
		const basic = Buffer.from(`${AWORK_CLIENT.clientId}:${AWORK_CLIENT.clientSecret}`).toString(
			'base64',
		);
		const verifier = createHash('sha256').update(body.get('code_verifier') ?? '');
		return (
			request.headers.authorization === `Basic ${basic}` &&
			body.get('grant_type') === 'authorization_code' &&
			body.get('code') === CODE &&
			verifier.digest('base64url') === challenge
		);
	};

	return await startServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		if (url.pathname === '/authorize') {
			response.setHeader('content-type', 'text/html');
			response.end(authorize(url));
		} else if (url.pathname === '/token') {
			void isGranted(request).then((granted) => {
				response.writeHead(granted ? 200 : 400, { 'content-type': 'application/json' });
				const token = {
					access_token: SEED.awork.secrets.valid,
					token_type: 'Bearer',
					expires_in: 3600,
				};
				response.end(JSON.stringify(granted ? token : { error: 'invalid_grant' }));
			});
		} else {
			// A browser also asks for an icon.
			response.writeHead(404).end();
		}
	});
}
