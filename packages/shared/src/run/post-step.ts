/** The entry of dist/post: see post.ts. */
import { runPost } from './post.ts';

runPost();
