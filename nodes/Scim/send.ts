import type { Answer, Call, Client } from '../shared/http/client';

const MEDIA_TYPE = 'application/scim+json';

/**
 * Sends a call with SCIM's own media type: some servers take no other.
 *
 * @throws Failure
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.1
 */
export async function send<T>(client: Client, call: Call<T>): Promise<Answer<T>> {
	return await client.send({
		...call,
		headers: {
			...call.headers,
			Accept: `${MEDIA_TYPE}, application/json`,
			...(call.body && { 'Content-Type': MEDIA_TYPE }),
		},
	});
}
