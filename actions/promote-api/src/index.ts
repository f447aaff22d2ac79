import { runAction } from '@wso2-delivery/shared/run/run';
import { action } from './action.ts';
import { main } from './main.ts';

await runAction(action, main);
