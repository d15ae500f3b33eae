import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { IConnections, INode } from 'n8n-workflow';

import { root } from './packed.cts';

/** An example workflow as its file has it. */
export interface WorkflowFile {
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
	readonly [key: string]: unknown;
}

const folder = join(root, 'workflows');

/** Names of the example workflows: those of their files, without the ending. */
export const WORKFLOW_NAMES = readdirSync(folder).map((file) => basename(file, '.json'));

export function readWorkflow(name: string): WorkflowFile {
	return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as WorkflowFile;
}

/** The sub-workflow that the others start from. */
export const SUB_WORKFLOW = 'leaver-from-hr';
