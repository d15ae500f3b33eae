import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Client } from '../http/client';
import { asFailure } from '../model/failure';
import type { AccountFacts } from '../model/record';
import { readParameters, type Parameter, type ParametersFor } from '../parameters/reading';
import type { UserDirectory } from '../users/directory';
import type { Service } from '../users/service';
import { connect, editorClient } from './connection';
import { toNodeError } from './errors';
import { subjectOf } from './messages';

/** Loads one page of a list. */
export type LoadList<Values> = (
	values: Values,
	client: Client,
	filter: string,
	page: string | undefined,
	baseUrl: string,
) => Promise<INodeListSearchResult>;

/** Gives one page of a list in the editor. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * A list behind a locator.
 *
 * @param parameters the other fields of the node that the list depends on
 */
export function listSearch<Values extends object>(
	service: Service,
	parameters: ParametersFor<Values>,
	load: LoadList<Values>,
): ListSearch {
	return async function (this, filter = '', paginationToken) {
		try {
			const values = readFields(this, parameters);
			const connection = await connect(this, service);
			const client = await editorClient(connection, service);
			return await load(values, client, filter.trim(), paginationToken, connection.baseUrl);
		} catch (error) {
			throw toListError(this, service, error);
		}
	};
}

/** @throws Failure that says which field to fill in before the list can be opened */
function readFields<Values extends object>(
	context: ILoadOptionsFunctions,
	parameters: ParametersFor<Values>,
): Values {
	try {
		return readParameters(parameters, (name) => context.getCurrentNodeParameter(name));
	} catch (error) {
		const [field] = Object.values<Parameter<unknown>>(parameters);
		const name = field?.property.displayName.toLowerCase() ?? '';
		const article = /^[aeiou]/.test(name) ? 'an' : 'a';
		throw asFailure(error).with({ advice: `Choose ${article} ${name} first.` });
	}
}

/** The list of users behind the locator of `userLocator`. */
export function userSearch<Values extends object>(
	service: Service,
	parameters: ParametersFor<Values>,
	{ search, pageOf }: Pick<UserDirectory<NoInfer<Values>>, 'search' | 'pageOf'>,
): ListSearch {
	return listSearch(service, parameters, async (values, client, filter, page, baseUrl) => {
		const { accounts, nextPage } = await search(filter, page, values, client);
		const labels = accounts.map(toLabel);
		const results = accounts.map(({ userId }, index) => {
			const label = labels[index] ?? userId;
			const isUnique = labels.indexOf(label) === labels.lastIndexOf(label);
			return {
				// What tells two accounts apart comes first: the editor cuts off long names.
				name: isUnique ? label : `ID ${userId} – ${label}`,
				value: userId,
				...(pageOf && { url: pageOf(userId, baseUrl) }),
			};
		});
		return { results, ...(nextPage !== undefined && { paginationToken: nextPage }) };
	});
}

/** `Kim Lee – locked (kim@example.org)`, with the service's own word for a state that is none of ours. */
function toLabel({
	userId,
	emails: [email],
	name,
	state,
	stateName = state,
}: AccountFacts): string {
	const mark = state === 'active' ? '' : ` – ${stateName}`;
	if (!name) return `${email ?? userId}${mark}`;
	return `${name}${mark}${email === undefined ? '' : ` (${email})`}`;
}

function toListError(context: ILoadOptionsFunctions, service: Service, error: unknown) {
	const subject = subjectOf(service);
	return toNodeError(context.getNode(), asFailure(error), { serviceName: service.name, subject });
}
