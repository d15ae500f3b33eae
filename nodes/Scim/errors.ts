import { z } from 'zod';

import type { ErrorTable } from '../shared/http/errorTable';
import type { Failure } from '../shared/model/failure';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Servers differ in the case of the schema. */
const body = z.object({
	schemas: z
		.array(z.string())
		.refine((schemas) => schemas.some((schema) => schema.toLowerCase() === ERROR.toLowerCase())),
	scimType: z.string().optional().catch(undefined),
	detail: z.string().optional().catch(undefined),
	status: z.union([z.string(), z.number()]).optional().catch(undefined),
});

const NO_SCIM = {
	summary: "There is no SCIM API at the 'Base URL' in the credential",
	advice:
		"Enter the address that the app's documentation gives for SCIM. It ends before /Users, for example https://app.example.com/scim/v2.",
};

/**
 * Only some errors have a `scimType`. For the others, the status in the body tells them from the error
 * page of a proxy.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export const scimErrors: ErrorTable = {
	read(answer) {
		const { data } = body.safeParse(answer);
		if (!data) return {};
		const status = data.status === undefined ? undefined : String(data.status);
		return { message: data.detail, code: data.scimType ?? status };
	},
	rules: [
		// Only in SCIM's own form: any other 404 may come from a wrong address.
		{ status: 404, code: ['404', 'noTarget'], reason: 'notFound' },
		{
			status: 412,
			reason: 'refused',
			summary: 'The user was changed by someone else at the same moment',
			advice: 'Run the workflow again: repeating is safe.',
		},
		{
			code: 'mutability',
			reason: 'refused',
			summary: 'The app does not allow this change of the user',
		},
		{
			code: 'tooMany',
			reason: 'refused',
			summary: 'The app refused to search, because too many users match',
			advice: 'Choose the user by ID.',
		},
		{ status: 404, reason: 'unexpectedResponse', ...NO_SCIM },
	],
};

/**
 * Where no user was asked for by ID: an answer that is not SCIM's, or one that says 'not found', comes
 * from another address than that of the API.
 */
export function aboutAddress(failure: Failure): Failure {
	const { reason, facts } = failure;
	const isUnclear = reason === 'unexpectedResponse' && facts.summary === undefined;
	return reason === 'notFound' || isUnclear ? failure.with(NO_SCIM, 'unexpectedResponse') : failure;
}

/**
 * What servers answer to a method, a form of it, or a filter that they don't know, and to a change
 * without the ETag that they ask for.
 */
const UNSUPPORTED: ReadonlySet<number> = new Set([400, 404, 405, 412, 415, 422, 428, 501]);

/**
 * Whether a server does not know what it was asked to do. A 404 in SCIM's own form speaks of the user
 * instead.
 */
export function isUnsupported({ reason, facts: { source } }: Failure): boolean {
	return source?.kind === 'answer' && UNSUPPORTED.has(source.status) && reason !== 'notFound';
}
