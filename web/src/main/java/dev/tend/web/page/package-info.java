/** What a browser is given: the pages, and the files that they name. */
@NullMarked
package dev.tend.web.page;

import org.jspecify.annotations.NullMarked;
