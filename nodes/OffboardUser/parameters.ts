import { z } from 'zod';

import { emailSchema, visible } from '../shared/model/email';
import { requiredText, type Parameter } from '../shared/parameters/reading';
import type { Service } from '../shared/users/service';
import { SERVICES } from './services';

/** Whom the run is about, the same person at each service. */
export const email = requiredText(
	{
		displayName: 'Email',
		name: 'email',
		placeholder: 'e.g. kim.lee@example.org',
		description: 'Email address of the person as the services know it, not case-sensitive',
	},
	emailSchema,
);

const NAMES = SERVICES.map(({ service }) => service.name);
const MUST_BE_SERVICES = { message: `must be a list of services: ${NAMES.join(', ')}` };

/** The services of the run. No expression: with one, the editor would show the fields of all services. */
export const chosenServices: Parameter<readonly string[]> = {
	property: {
		displayName: 'Services',
		name: 'services',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		default: [],
		description:
			"Where the person has an account. If that differs from person to person, add the option 'Only These Services'.",
		options: SERVICES.map(({ service }) => ({ name: service.displayName, value: service.name })),
	},
	schema: z
		.array(
			z.string(MUST_BE_SERVICES).refine((name) => NAMES.includes(name), MUST_BE_SERVICES),
			MUST_BE_SERVICES,
		)
		.min(1, 'is empty: choose at least one service'),
};

/** The option for people who are not everywhere, as the editor shows it. */
export const ONLY_THESE_SERVICES: Parameter<unknown>['property'] = {
	displayName: 'Only These Services',
	name: 'onlyTheseServices',
	type: 'string',
	default: '',
	placeholder: 'e.g. awork, ZITADEL',
	description:
		"The services of this person, if not all that you chose in 'Services'. Use an expression that returns a list of names, or text with commas.",
};

/** The same with what it may hold: some of the services of the run. */
export function onlyTheseServices(chosen: readonly Service[]): Parameter<readonly string[]> {
	return {
		property: ONLY_THESE_SERVICES,
		schema: z.unknown().transform((value, context): readonly string[] => {
			const refuse = (message: string) => {
				context.addIssue({ code: 'custom', message });
				return z.NEVER;
			};
			const entries: readonly unknown[] | undefined = Array.isArray(value)
				? value
				: typeof value === 'string'
					? value.split(/[,;\n]/)
					: undefined;
			if (entries === undefined) return refuse('must be a list of services');
			if (entries.length === 0 || visible(entries.join('')) === '') {
				return refuse('is empty: name a service, or remove the option');
			}
			const names = entries.map((entry) => nameOf(entry, chosen));
			const unknown = names.indexOf(undefined);
			return unknown < 0
				? names.filter((name) => name !== undefined)
				: refuse(`can't be used: entry ${unknown + 1} is not one of the chosen 'Services'`);
		}),
	};
}

function nameOf(entry: unknown, chosen: readonly Service[]): string | undefined {
	const text = typeof entry === 'string' ? visible(entry).toLowerCase() : undefined;
	return chosen.find(({ name }) => name === text)?.name;
}
