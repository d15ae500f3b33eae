import type { ICredentialsDecrypted, ICredentialTestFunction, IDataObject } from 'n8n-workflow';

import type { ScriptedAnswer } from './scriptedRun.cts';

/** Presses 'Test' with a scripted answer in the place of n8n's helper for it. */
export async function press(
	test: ICredentialTestFunction,
	scripted: ScriptedAnswer | Promise<ScriptedAnswer> | ((request: IDataObject) => ScriptedAnswer),
	data: IDataObject,
) {
	const requests: IDataObject[] = [];
	const context = {
		helpers: {
			request: async (options: IDataObject) => {
				requests.push(options);
				const answer = await (typeof scripted === 'function' ? scripted(options) : scripted);
				if ('reject' in answer) throw answer.reject;
				const { status, body, headers = {} } = answer;
				const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
				return await Promise.resolve({ statusCode: status, headers, body: text });
			},
		},
	};
	const credential = { id: '1', name: 'x', type: 'x', data } as ICredentialsDecrypted;
	const result = await test.call(context as never, credential);
	return { result, requests };
}
