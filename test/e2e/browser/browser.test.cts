import { describeCredentials } from './credentials.cts';
import { Desk, UPDATE_IMAGES } from './desk.cts';
import { describeFields } from './fields.cts';
import { describeNodesPanel } from './nodes-panel.cts';
import { describeOutput } from './output.cts';
import { describeOffboardUser } from './offboard-user.cts';
import { describePictures } from './pictures.cts';

/** The packed package in the editor of a real n8n. One n8n for all: it takes its time to start. */

jest.setTimeout(2 * 60 * 1000);

const desk = new Desk();
// The first start on a machine may have to install n8n.
beforeAll(async () => await desk.open(), 10 * 60 * 1000);
afterAll(async () => await desk.close());

// First, while all is new and nothing has a number in its name.
if (UPDATE_IMAGES) describe('pictures', () => describePictures(desk));
describe('the nodes panel', () => describeNodesPanel(desk));
describe('a credential', () => describeCredentials(desk));
describe('an open node', () => describeFields(desk));
describe('the output', () => describeOutput(desk));
describe('Offboard User', () => describeOffboardUser(desk));
