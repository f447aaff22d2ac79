import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 8557:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const f = __nccwpck_require__(9470)
const DateTime = global.Date

class Date extends DateTime {
  constructor (value) {
    super(value)
    this.isDate = true
  }
  toISOString () {
    return `${this.getUTCFullYear()}-${f(2, this.getUTCMonth() + 1)}-${f(2, this.getUTCDate())}`
  }
}

module.exports = value => {
  const date = new Date(value)
  /* istanbul ignore if */
  if (isNaN(date)) {
    throw new TypeError('Invalid Datetime')
  } else {
    return date
  }
}


/***/ }),

/***/ 9487:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const f = __nccwpck_require__(9470)

class FloatingDateTime extends Date {
  constructor (value) {
    super(value + 'Z')
    this.isFloating = true
  }
  toISOString () {
    const date = `${this.getUTCFullYear()}-${f(2, this.getUTCMonth() + 1)}-${f(2, this.getUTCDate())}`
    const time = `${f(2, this.getUTCHours())}:${f(2, this.getUTCMinutes())}:${f(2, this.getUTCSeconds())}.${f(3, this.getUTCMilliseconds())}`
    return `${date}T${time}`
  }
}

module.exports = value => {
  const date = new FloatingDateTime(value)
  /* istanbul ignore if */
  if (isNaN(date)) {
    throw new TypeError('Invalid Datetime')
  } else {
    return date
  }
}


/***/ }),

/***/ 6376:
/***/ ((module) => {


module.exports = value => {
  const date = new Date(value)
  /* istanbul ignore if */
  if (isNaN(date)) {
    throw new TypeError('Invalid Datetime')
  } else {
    return date
  }
}


/***/ }),

/***/ 420:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const f = __nccwpck_require__(9470)

class Time extends Date {
  constructor (value) {
    super(`0000-01-01T${value}Z`)
    this.isTime = true
  }
  toISOString () {
    return `${f(2, this.getUTCHours())}:${f(2, this.getUTCMinutes())}:${f(2, this.getUTCSeconds())}.${f(3, this.getUTCMilliseconds())}`
  }
}

module.exports = value => {
  const date = new Time(value)
  /* istanbul ignore if */
  if (isNaN(date)) {
    throw new TypeError('Invalid Datetime')
  } else {
    return date
  }
}


/***/ }),

/***/ 9470:
/***/ ((module) => {


module.exports = (d, num) => {
  num = String(num)
  while (num.length < d) num = '0' + num
  return num
}


/***/ }),

/***/ 5991:
/***/ ((module) => {


const ParserEND = 0x110000
class ParserError extends Error {
  /* istanbul ignore next */
  constructor (msg, filename, linenumber) {
    super('[ParserError] ' + msg, filename, linenumber)
    this.name = 'ParserError'
    this.code = 'ParserError'
    if (Error.captureStackTrace) Error.captureStackTrace(this, ParserError)
  }
}
class State {
  constructor (parser) {
    this.parser = parser
    this.buf = ''
    this.returned = null
    this.result = null
    this.resultTable = null
    this.resultArr = null
  }
}
class Parser {
  constructor () {
    this.pos = 0
    this.col = 0
    this.line = 0
    this.obj = {}
    this.ctx = this.obj
    this.stack = []
    this._buf = ''
    this.char = null
    this.ii = 0
    this.state = new State(this.parseStart)
  }

  parse (str) {
    /* istanbul ignore next */
    if (str.length === 0 || str.length == null) return

    this._buf = String(str)
    this.ii = -1
    this.char = -1
    let getNext
    while (getNext === false || this.nextChar()) {
      getNext = this.runOne()
    }
    this._buf = null
  }
  nextChar () {
    if (this.char === 0x0A) {
      ++this.line
      this.col = -1
    }
    ++this.ii
    this.char = this._buf.codePointAt(this.ii)
    ++this.pos
    ++this.col
    return this.haveBuffer()
  }
  haveBuffer () {
    return this.ii < this._buf.length
  }
  runOne () {
    return this.state.parser.call(this, this.state.returned)
  }
  finish () {
    this.char = ParserEND
    let last
    do {
      last = this.state.parser
      this.runOne()
    } while (this.state.parser !== last)

    this.ctx = null
    this.state = null
    this._buf = null

    return this.obj
  }
  next (fn) {
    /* istanbul ignore next */
    if (typeof fn !== 'function') throw new ParserError('Tried to set state to non-existent state: ' + JSON.stringify(fn))
    this.state.parser = fn
  }
  goto (fn) {
    this.next(fn)
    return this.runOne()
  }
  call (fn, returnWith) {
    if (returnWith) this.next(returnWith)
    this.stack.push(this.state)
    this.state = new State(fn)
  }
  callNow (fn, returnWith) {
    this.call(fn, returnWith)
    return this.runOne()
  }
  return (value) {
    /* istanbul ignore next */
    if (this.stack.length === 0) throw this.error(new ParserError('Stack underflow'))
    if (value === undefined) value = this.state.buf
    this.state = this.stack.pop()
    this.state.returned = value
  }
  returnNow (value) {
    this.return(value)
    return this.runOne()
  }
  consume () {
    /* istanbul ignore next */
    if (this.char === ParserEND) throw this.error(new ParserError('Unexpected end-of-buffer'))
    this.state.buf += this._buf[this.ii]
  }
  error (err) {
    err.line = this.line
    err.col = this.col
    err.pos = this.pos
    return err
  }
  /* istanbul ignore next */
  parseStart () {
    throw new ParserError('Must declare a parseStart method')
  }
}
Parser.END = ParserEND
Parser.Error = ParserError
module.exports = Parser


/***/ }),

/***/ 2862:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


/* eslint-disable no-new-wrappers, no-eval, camelcase, operator-linebreak */
module.exports = makeParserClass(__nccwpck_require__(5991))
module.exports.makeParserClass = makeParserClass

class TomlError extends Error {
  constructor (msg) {
    super(msg)
    this.name = 'TomlError'
    /* istanbul ignore next */
    if (Error.captureStackTrace) Error.captureStackTrace(this, TomlError)
    this.fromTOML = true
    this.wrapped = null
  }
}
TomlError.wrap = err => {
  const terr = new TomlError(err.message)
  terr.code = err.code
  terr.wrapped = err
  return terr
}
module.exports.TomlError = TomlError

const createDateTime = __nccwpck_require__(6376)
const createDateTimeFloat = __nccwpck_require__(9487)
const createDate = __nccwpck_require__(8557)
const createTime = __nccwpck_require__(420)

const CTRL_I = 0x09
const CTRL_J = 0x0A
const CTRL_M = 0x0D
const CTRL_CHAR_BOUNDARY = 0x1F // the last non-character in the latin1 region of unicode, except DEL
const CHAR_SP = 0x20
const CHAR_QUOT = 0x22
const CHAR_NUM = 0x23
const CHAR_APOS = 0x27
const CHAR_PLUS = 0x2B
const CHAR_COMMA = 0x2C
const CHAR_HYPHEN = 0x2D
const CHAR_PERIOD = 0x2E
const CHAR_0 = 0x30
const CHAR_1 = 0x31
const CHAR_7 = 0x37
const CHAR_9 = 0x39
const CHAR_COLON = 0x3A
const CHAR_EQUALS = 0x3D
const CHAR_A = 0x41
const CHAR_E = 0x45
const CHAR_F = 0x46
const CHAR_T = 0x54
const CHAR_U = 0x55
const CHAR_Z = 0x5A
const CHAR_LOWBAR = 0x5F
const CHAR_a = 0x61
const CHAR_b = 0x62
const CHAR_e = 0x65
const CHAR_f = 0x66
const CHAR_i = 0x69
const CHAR_l = 0x6C
const CHAR_n = 0x6E
const CHAR_o = 0x6F
const CHAR_r = 0x72
const CHAR_s = 0x73
const CHAR_t = 0x74
const CHAR_u = 0x75
const CHAR_x = 0x78
const CHAR_z = 0x7A
const CHAR_LCUB = 0x7B
const CHAR_RCUB = 0x7D
const CHAR_LSQB = 0x5B
const CHAR_BSOL = 0x5C
const CHAR_RSQB = 0x5D
const CHAR_DEL = 0x7F
const SURROGATE_FIRST = 0xD800
const SURROGATE_LAST = 0xDFFF

const escapes = {
  [CHAR_b]: '\u0008',
  [CHAR_t]: '\u0009',
  [CHAR_n]: '\u000A',
  [CHAR_f]: '\u000C',
  [CHAR_r]: '\u000D',
  [CHAR_QUOT]: '\u0022',
  [CHAR_BSOL]: '\u005C'
}

function isDigit (cp) {
  return cp >= CHAR_0 && cp <= CHAR_9
}
function isHexit (cp) {
  return (cp >= CHAR_A && cp <= CHAR_F) || (cp >= CHAR_a && cp <= CHAR_f) || (cp >= CHAR_0 && cp <= CHAR_9)
}
function isBit (cp) {
  return cp === CHAR_1 || cp === CHAR_0
}
function isOctit (cp) {
  return (cp >= CHAR_0 && cp <= CHAR_7)
}
function isAlphaNumQuoteHyphen (cp) {
  return (cp >= CHAR_A && cp <= CHAR_Z)
      || (cp >= CHAR_a && cp <= CHAR_z)
      || (cp >= CHAR_0 && cp <= CHAR_9)
      || cp === CHAR_APOS
      || cp === CHAR_QUOT
      || cp === CHAR_LOWBAR
      || cp === CHAR_HYPHEN
}
function isAlphaNumHyphen (cp) {
  return (cp >= CHAR_A && cp <= CHAR_Z)
      || (cp >= CHAR_a && cp <= CHAR_z)
      || (cp >= CHAR_0 && cp <= CHAR_9)
      || cp === CHAR_LOWBAR
      || cp === CHAR_HYPHEN
}
const _type = Symbol('type')
const _declared = Symbol('declared')

const hasOwnProperty = Object.prototype.hasOwnProperty
const defineProperty = Object.defineProperty
const descriptor = {configurable: true, enumerable: true, writable: true, value: undefined}

function hasKey (obj, key) {
  if (hasOwnProperty.call(obj, key)) return true
  if (key === '__proto__') defineProperty(obj, '__proto__', descriptor)
  return false
}

const INLINE_TABLE = Symbol('inline-table')
function InlineTable () {
  return Object.defineProperties({}, {
    [_type]: {value: INLINE_TABLE}
  })
}
function isInlineTable (obj) {
  if (obj === null || typeof (obj) !== 'object') return false
  return obj[_type] === INLINE_TABLE
}

const TABLE = Symbol('table')
function Table () {
  return Object.defineProperties({}, {
    [_type]: {value: TABLE},
    [_declared]: {value: false, writable: true}
  })
}
function isTable (obj) {
  if (obj === null || typeof (obj) !== 'object') return false
  return obj[_type] === TABLE
}

const _contentType = Symbol('content-type')
const INLINE_LIST = Symbol('inline-list')
function InlineList (type) {
  return Object.defineProperties([], {
    [_type]: {value: INLINE_LIST},
    [_contentType]: {value: type}
  })
}
function isInlineList (obj) {
  if (obj === null || typeof (obj) !== 'object') return false
  return obj[_type] === INLINE_LIST
}

const LIST = Symbol('list')
function List () {
  return Object.defineProperties([], {
    [_type]: {value: LIST}
  })
}
function isList (obj) {
  if (obj === null || typeof (obj) !== 'object') return false
  return obj[_type] === LIST
}

// in an eval, to let bundlers not slurp in a util proxy
let _custom
try {
  const utilInspect = eval("require('util').inspect")
  _custom = utilInspect.custom
} catch (_) {
  /* eval require not available in transpiled bundle */
}
/* istanbul ignore next */
const _inspect = _custom || 'inspect'

class BoxedBigInt {
  constructor (value) {
    try {
      this.value = global.BigInt.asIntN(64, value)
    } catch (_) {
      /* istanbul ignore next */
      this.value = null
    }
    Object.defineProperty(this, _type, {value: INTEGER})
  }
  isNaN () {
    return this.value === null
  }
  /* istanbul ignore next */
  toString () {
    return String(this.value)
  }
  /* istanbul ignore next */
  [_inspect] () {
    return `[BigInt: ${this.toString()}]}`
  }
  valueOf () {
    return this.value
  }
}

const INTEGER = Symbol('integer')
function Integer (value) {
  let num = Number(value)
  // -0 is a float thing, not an int thing
  if (Object.is(num, -0)) num = 0
  /* istanbul ignore else */
  if (global.BigInt && !Number.isSafeInteger(num)) {
    return new BoxedBigInt(value)
  } else {
    /* istanbul ignore next */
    return Object.defineProperties(new Number(num), {
      isNaN: {value: function () { return isNaN(this) }},
      [_type]: {value: INTEGER},
      [_inspect]: {value: () => `[Integer: ${value}]`}
    })
  }
}
function isInteger (obj) {
  if (obj === null || typeof (obj) !== 'object') return false
  return obj[_type] === INTEGER
}

const FLOAT = Symbol('float')
function Float (value) {
  /* istanbul ignore next */
  return Object.defineProperties(new Number(value), {
    [_type]: {value: FLOAT},
    [_inspect]: {value: () => `[Float: ${value}]`}
  })
}
function isFloat (obj) {
  if (obj === null || typeof (obj) !== 'object') return false
  return obj[_type] === FLOAT
}

function tomlType (value) {
  const type = typeof value
  if (type === 'object') {
    /* istanbul ignore if */
    if (value === null) return 'null'
    if (value instanceof Date) return 'datetime'
    /* istanbul ignore else */
    if (_type in value) {
      switch (value[_type]) {
        case INLINE_TABLE: return 'inline-table'
        case INLINE_LIST: return 'inline-list'
        /* istanbul ignore next */
        case TABLE: return 'table'
        /* istanbul ignore next */
        case LIST: return 'list'
        case FLOAT: return 'float'
        case INTEGER: return 'integer'
      }
    }
  }
  return type
}

function makeParserClass (Parser) {
  class TOMLParser extends Parser {
    constructor () {
      super()
      this.ctx = this.obj = Table()
    }

    /* MATCH HELPER */
    atEndOfWord () {
      return this.char === CHAR_NUM || this.char === CTRL_I || this.char === CHAR_SP || this.atEndOfLine()
    }
    atEndOfLine () {
      return this.char === Parser.END || this.char === CTRL_J || this.char === CTRL_M
    }

    parseStart () {
      if (this.char === Parser.END) {
        return null
      } else if (this.char === CHAR_LSQB) {
        return this.call(this.parseTableOrList)
      } else if (this.char === CHAR_NUM) {
        return this.call(this.parseComment)
      } else if (this.char === CTRL_J || this.char === CHAR_SP || this.char === CTRL_I || this.char === CTRL_M) {
        return null
      } else if (isAlphaNumQuoteHyphen(this.char)) {
        return this.callNow(this.parseAssignStatement)
      } else {
        throw this.error(new TomlError(`Unknown character "${this.char}"`))
      }
    }

    // HELPER, this strips any whitespace and comments to the end of the line
    // then RETURNS. Last state in a production.
    parseWhitespaceToEOL () {
      if (this.char === CHAR_SP || this.char === CTRL_I || this.char === CTRL_M) {
        return null
      } else if (this.char === CHAR_NUM) {
        return this.goto(this.parseComment)
      } else if (this.char === Parser.END || this.char === CTRL_J) {
        return this.return()
      } else {
        throw this.error(new TomlError('Unexpected character, expected only whitespace or comments till end of line'))
      }
    }

    /* ASSIGNMENT: key = value */
    parseAssignStatement () {
      return this.callNow(this.parseAssign, this.recordAssignStatement)
    }
    recordAssignStatement (kv) {
      let target = this.ctx
      let finalKey = kv.key.pop()
      for (let kw of kv.key) {
        if (hasKey(target, kw) && !isTable(target[kw])) {
          throw this.error(new TomlError("Can't redefine existing key"))
        }
        target = target[kw] = target[kw] || Table()
      }
      if (hasKey(target, finalKey)) {
        throw this.error(new TomlError("Can't redefine existing key"))
      }
      target[_declared] = true
      // unbox our numbers
      if (isInteger(kv.value) || isFloat(kv.value)) {
        target[finalKey] = kv.value.valueOf()
      } else {
        target[finalKey] = kv.value
      }
      return this.goto(this.parseWhitespaceToEOL)
    }

    /* ASSSIGNMENT expression, key = value possibly inside an inline table */
    parseAssign () {
      return this.callNow(this.parseKeyword, this.recordAssignKeyword)
    }
    recordAssignKeyword (key) {
      if (this.state.resultTable) {
        this.state.resultTable.push(key)
      } else {
        this.state.resultTable = [key]
      }
      return this.goto(this.parseAssignKeywordPreDot)
    }
    parseAssignKeywordPreDot () {
      if (this.char === CHAR_PERIOD) {
        return this.next(this.parseAssignKeywordPostDot)
      } else if (this.char !== CHAR_SP && this.char !== CTRL_I) {
        return this.goto(this.parseAssignEqual)
      }
    }
    parseAssignKeywordPostDot () {
      if (this.char !== CHAR_SP && this.char !== CTRL_I) {
        return this.callNow(this.parseKeyword, this.recordAssignKeyword)
      }
    }

    parseAssignEqual () {
      if (this.char === CHAR_EQUALS) {
        return this.next(this.parseAssignPreValue)
      } else {
        throw this.error(new TomlError('Invalid character, expected "="'))
      }
    }
    parseAssignPreValue () {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else {
        return this.callNow(this.parseValue, this.recordAssignValue)
      }
    }
    recordAssignValue (value) {
      return this.returnNow({key: this.state.resultTable, value: value})
    }

    /* COMMENTS: #...eol */
    parseComment () {
      do {
        if (this.char === Parser.END || this.char === CTRL_J) {
          return this.return()
        } else if (this.char === CHAR_DEL || (this.char <= CTRL_CHAR_BOUNDARY && this.char !== CTRL_I)) {
          throw this.errorControlCharIn('comments')
        }
      } while (this.nextChar())
    }

    /* TABLES AND LISTS, [foo] and [[foo]] */
    parseTableOrList () {
      if (this.char === CHAR_LSQB) {
        this.next(this.parseList)
      } else {
        return this.goto(this.parseTable)
      }
    }

    /* TABLE [foo.bar.baz] */
    parseTable () {
      this.ctx = this.obj
      return this.goto(this.parseTableNext)
    }
    parseTableNext () {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else {
        return this.callNow(this.parseKeyword, this.parseTableMore)
      }
    }
    parseTableMore (keyword) {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else if (this.char === CHAR_RSQB) {
        if (hasKey(this.ctx, keyword) && (!isTable(this.ctx[keyword]) || this.ctx[keyword][_declared])) {
          throw this.error(new TomlError("Can't redefine existing key"))
        } else {
          this.ctx = this.ctx[keyword] = this.ctx[keyword] || Table()
          this.ctx[_declared] = true
        }
        return this.next(this.parseWhitespaceToEOL)
      } else if (this.char === CHAR_PERIOD) {
        if (!hasKey(this.ctx, keyword)) {
          this.ctx = this.ctx[keyword] = Table()
        } else if (isTable(this.ctx[keyword])) {
          this.ctx = this.ctx[keyword]
        } else if (isList(this.ctx[keyword])) {
          this.ctx = this.ctx[keyword][this.ctx[keyword].length - 1]
        } else {
          throw this.error(new TomlError("Can't redefine existing key"))
        }
        return this.next(this.parseTableNext)
      } else {
        throw this.error(new TomlError('Unexpected character, expected whitespace, . or ]'))
      }
    }

    /* LIST [[a.b.c]] */
    parseList () {
      this.ctx = this.obj
      return this.goto(this.parseListNext)
    }
    parseListNext () {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else {
        return this.callNow(this.parseKeyword, this.parseListMore)
      }
    }
    parseListMore (keyword) {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else if (this.char === CHAR_RSQB) {
        if (!hasKey(this.ctx, keyword)) {
          this.ctx[keyword] = List()
        }
        if (isInlineList(this.ctx[keyword])) {
          throw this.error(new TomlError("Can't extend an inline array"))
        } else if (isList(this.ctx[keyword])) {
          const next = Table()
          this.ctx[keyword].push(next)
          this.ctx = next
        } else {
          throw this.error(new TomlError("Can't redefine an existing key"))
        }
        return this.next(this.parseListEnd)
      } else if (this.char === CHAR_PERIOD) {
        if (!hasKey(this.ctx, keyword)) {
          this.ctx = this.ctx[keyword] = Table()
        } else if (isInlineList(this.ctx[keyword])) {
          throw this.error(new TomlError("Can't extend an inline array"))
        } else if (isInlineTable(this.ctx[keyword])) {
          throw this.error(new TomlError("Can't extend an inline table"))
        } else if (isList(this.ctx[keyword])) {
          this.ctx = this.ctx[keyword][this.ctx[keyword].length - 1]
        } else if (isTable(this.ctx[keyword])) {
          this.ctx = this.ctx[keyword]
        } else {
          throw this.error(new TomlError("Can't redefine an existing key"))
        }
        return this.next(this.parseListNext)
      } else {
        throw this.error(new TomlError('Unexpected character, expected whitespace, . or ]'))
      }
    }
    parseListEnd (keyword) {
      if (this.char === CHAR_RSQB) {
        return this.next(this.parseWhitespaceToEOL)
      } else {
        throw this.error(new TomlError('Unexpected character, expected whitespace, . or ]'))
      }
    }

    /* VALUE string, number, boolean, inline list, inline object */
    parseValue () {
      if (this.char === Parser.END) {
        throw this.error(new TomlError('Key without value'))
      } else if (this.char === CHAR_QUOT) {
        return this.next(this.parseDoubleString)
      } if (this.char === CHAR_APOS) {
        return this.next(this.parseSingleString)
      } else if (this.char === CHAR_HYPHEN || this.char === CHAR_PLUS) {
        return this.goto(this.parseNumberSign)
      } else if (this.char === CHAR_i) {
        return this.next(this.parseInf)
      } else if (this.char === CHAR_n) {
        return this.next(this.parseNan)
      } else if (isDigit(this.char)) {
        return this.goto(this.parseNumberOrDateTime)
      } else if (this.char === CHAR_t || this.char === CHAR_f) {
        return this.goto(this.parseBoolean)
      } else if (this.char === CHAR_LSQB) {
        return this.call(this.parseInlineList, this.recordValue)
      } else if (this.char === CHAR_LCUB) {
        return this.call(this.parseInlineTable, this.recordValue)
      } else {
        throw this.error(new TomlError('Unexpected character, expecting string, number, datetime, boolean, inline array or inline table'))
      }
    }
    recordValue (value) {
      return this.returnNow(value)
    }

    parseInf () {
      if (this.char === CHAR_n) {
        return this.next(this.parseInf2)
      } else {
        throw this.error(new TomlError('Unexpected character, expected "inf", "+inf" or "-inf"'))
      }
    }
    parseInf2 () {
      if (this.char === CHAR_f) {
        if (this.state.buf === '-') {
          return this.return(-Infinity)
        } else {
          return this.return(Infinity)
        }
      } else {
        throw this.error(new TomlError('Unexpected character, expected "inf", "+inf" or "-inf"'))
      }
    }

    parseNan () {
      if (this.char === CHAR_a) {
        return this.next(this.parseNan2)
      } else {
        throw this.error(new TomlError('Unexpected character, expected "nan"'))
      }
    }
    parseNan2 () {
      if (this.char === CHAR_n) {
        return this.return(NaN)
      } else {
        throw this.error(new TomlError('Unexpected character, expected "nan"'))
      }
    }

    /* KEYS, barewords or basic, literal, or dotted */
    parseKeyword () {
      if (this.char === CHAR_QUOT) {
        return this.next(this.parseBasicString)
      } else if (this.char === CHAR_APOS) {
        return this.next(this.parseLiteralString)
      } else {
        return this.goto(this.parseBareKey)
      }
    }

    /* KEYS: barewords */
    parseBareKey () {
      do {
        if (this.char === Parser.END) {
          throw this.error(new TomlError('Key ended without value'))
        } else if (isAlphaNumHyphen(this.char)) {
          this.consume()
        } else if (this.state.buf.length === 0) {
          throw this.error(new TomlError('Empty bare keys are not allowed'))
        } else {
          return this.returnNow()
        }
      } while (this.nextChar())
    }

    /* STRINGS, single quoted (literal) */
    parseSingleString () {
      if (this.char === CHAR_APOS) {
        return this.next(this.parseLiteralMultiStringMaybe)
      } else {
        return this.goto(this.parseLiteralString)
      }
    }
    parseLiteralString () {
      do {
        if (this.char === CHAR_APOS) {
          return this.return()
        } else if (this.atEndOfLine()) {
          throw this.error(new TomlError('Unterminated string'))
        } else if (this.char === CHAR_DEL || (this.char <= CTRL_CHAR_BOUNDARY && this.char !== CTRL_I)) {
          throw this.errorControlCharIn('strings')
        } else {
          this.consume()
        }
      } while (this.nextChar())
    }
    parseLiteralMultiStringMaybe () {
      if (this.char === CHAR_APOS) {
        return this.next(this.parseLiteralMultiString)
      } else {
        return this.returnNow()
      }
    }
    parseLiteralMultiString () {
      if (this.char === CTRL_M) {
        return null
      } else if (this.char === CTRL_J) {
        return this.next(this.parseLiteralMultiStringContent)
      } else {
        return this.goto(this.parseLiteralMultiStringContent)
      }
    }
    parseLiteralMultiStringContent () {
      do {
        if (this.char === CHAR_APOS) {
          return this.next(this.parseLiteralMultiEnd)
        } else if (this.char === Parser.END) {
          throw this.error(new TomlError('Unterminated multi-line string'))
        } else if (this.char === CHAR_DEL || (this.char <= CTRL_CHAR_BOUNDARY && this.char !== CTRL_I && this.char !== CTRL_J && this.char !== CTRL_M)) {
          throw this.errorControlCharIn('strings')
        } else {
          this.consume()
        }
      } while (this.nextChar())
    }
    parseLiteralMultiEnd () {
      if (this.char === CHAR_APOS) {
        return this.next(this.parseLiteralMultiEnd2)
      } else {
        this.state.buf += "'"
        return this.goto(this.parseLiteralMultiStringContent)
      }
    }
    parseLiteralMultiEnd2 () {
      if (this.char === CHAR_APOS) {
        return this.next(this.parseLiteralMultiEnd3)
      } else {
        this.state.buf += "''"
        return this.goto(this.parseLiteralMultiStringContent)
      }
    }
    parseLiteralMultiEnd3 () {
      if (this.char === CHAR_APOS) {
        this.state.buf += "'"
        return this.next(this.parseLiteralMultiEnd4)
      } else {
        return this.returnNow()
      }
    }
    parseLiteralMultiEnd4 () {
      if (this.char === CHAR_APOS) {
        this.state.buf += "'"
        return this.return()
      } else {
        return this.returnNow()
      }
    }

    /* STRINGS double quoted */
    parseDoubleString () {
      if (this.char === CHAR_QUOT) {
        return this.next(this.parseMultiStringMaybe)
      } else {
        return this.goto(this.parseBasicString)
      }
    }
    parseBasicString () {
      do {
        if (this.char === CHAR_BSOL) {
          return this.call(this.parseEscape, this.recordEscapeReplacement)
        } else if (this.char === CHAR_QUOT) {
          return this.return()
        } else if (this.atEndOfLine()) {
          throw this.error(new TomlError('Unterminated string'))
        } else if (this.char === CHAR_DEL || (this.char <= CTRL_CHAR_BOUNDARY && this.char !== CTRL_I)) {
          throw this.errorControlCharIn('strings')
        } else {
          this.consume()
        }
      } while (this.nextChar())
    }
    recordEscapeReplacement (replacement) {
      this.state.buf += replacement
      return this.goto(this.parseBasicString)
    }
    parseMultiStringMaybe () {
      if (this.char === CHAR_QUOT) {
        return this.next(this.parseMultiString)
      } else {
        return this.returnNow()
      }
    }
    parseMultiString () {
      if (this.char === CTRL_M) {
        return null
      } else if (this.char === CTRL_J) {
        return this.next(this.parseMultiStringContent)
      } else {
        return this.goto(this.parseMultiStringContent)
      }
    }
    parseMultiStringContent () {
      do {
        if (this.char === CHAR_BSOL) {
          return this.call(this.parseMultiEscape, this.recordMultiEscapeReplacement)
        } else if (this.char === CHAR_QUOT) {
          return this.next(this.parseMultiEnd)
        } else if (this.char === Parser.END) {
          throw this.error(new TomlError('Unterminated multi-line string'))
        } else if (this.char === CHAR_DEL || (this.char <= CTRL_CHAR_BOUNDARY && this.char !== CTRL_I && this.char !== CTRL_J && this.char !== CTRL_M)) {
          throw this.errorControlCharIn('strings')
        } else {
          this.consume()
        }
      } while (this.nextChar())
    }
    errorControlCharIn (type) {
      let displayCode = '\\u00'
      if (this.char < 16) {
        displayCode += '0'
      }
      displayCode += this.char.toString(16)

      return this.error(new TomlError(`Control characters (codes < 0x1f and 0x7f) are not allowed in ${type}, use ${displayCode} instead`))
    }
    recordMultiEscapeReplacement (replacement) {
      this.state.buf += replacement
      return this.goto(this.parseMultiStringContent)
    }
    parseMultiEnd () {
      if (this.char === CHAR_QUOT) {
        return this.next(this.parseMultiEnd2)
      } else {
        this.state.buf += '"'
        return this.goto(this.parseMultiStringContent)
      }
    }
    parseMultiEnd2 () {
      if (this.char === CHAR_QUOT) {
        return this.next(this.parseMultiEnd3)
      } else {
        this.state.buf += '""'
        return this.goto(this.parseMultiStringContent)
      }
    }
    parseMultiEnd3 () {
      if (this.char === CHAR_QUOT) {
        this.state.buf += '"'
        return this.next(this.parseMultiEnd4)
      } else {
        return this.returnNow()
      }
    }
    parseMultiEnd4 () {
      if (this.char === CHAR_QUOT) {
        this.state.buf += '"'
        return this.return()
      } else {
        return this.returnNow()
      }
    }
    parseMultiEscape () {
      if (this.char === CTRL_M || this.char === CTRL_J) {
        return this.next(this.parseMultiTrim)
      } else if (this.char === CHAR_SP || this.char === CTRL_I) {
        return this.next(this.parsePreMultiTrim)
      } else {
        return this.goto(this.parseEscape)
      }
    }
    parsePreMultiTrim () {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else if (this.char === CTRL_M || this.char === CTRL_J) {
        return this.next(this.parseMultiTrim)
      } else {
        throw this.error(new TomlError("Can't escape whitespace"))
      }
    }
    parseMultiTrim () {
      // explicitly whitespace here, END should follow the same path as chars
      if (this.char === CTRL_J || this.char === CHAR_SP || this.char === CTRL_I || this.char === CTRL_M) {
        return null
      } else {
        return this.returnNow()
      }
    }
    parseEscape () {
      if (this.char in escapes) {
        return this.return(escapes[this.char])
      } else if (this.char === CHAR_u) {
        return this.call(this.parseSmallUnicode, this.parseUnicodeReturn)
      } else if (this.char === CHAR_U) {
        return this.call(this.parseLargeUnicode, this.parseUnicodeReturn)
      } else {
        throw this.error(new TomlError('Unknown escape character: ' + this.char))
      }
    }
    parseUnicodeReturn (char) {
      try {
        const codePoint = parseInt(char, 16)
        if (codePoint >= SURROGATE_FIRST && codePoint <= SURROGATE_LAST) {
          throw this.error(new TomlError('Invalid unicode, character in range 0xD800 - 0xDFFF is reserved'))
        }
        return this.returnNow(String.fromCodePoint(codePoint))
      } catch (err) {
        throw this.error(TomlError.wrap(err))
      }
    }
    parseSmallUnicode () {
      if (!isHexit(this.char)) {
        throw this.error(new TomlError('Invalid character in unicode sequence, expected hex'))
      } else {
        this.consume()
        if (this.state.buf.length >= 4) return this.return()
      }
    }
    parseLargeUnicode () {
      if (!isHexit(this.char)) {
        throw this.error(new TomlError('Invalid character in unicode sequence, expected hex'))
      } else {
        this.consume()
        if (this.state.buf.length >= 8) return this.return()
      }
    }

    /* NUMBERS */
    parseNumberSign () {
      this.consume()
      return this.next(this.parseMaybeSignedInfOrNan)
    }
    parseMaybeSignedInfOrNan () {
      if (this.char === CHAR_i) {
        return this.next(this.parseInf)
      } else if (this.char === CHAR_n) {
        return this.next(this.parseNan)
      } else {
        return this.callNow(this.parseNoUnder, this.parseNumberIntegerStart)
      }
    }
    parseNumberIntegerStart () {
      if (this.char === CHAR_0) {
        this.consume()
        return this.next(this.parseNumberIntegerExponentOrDecimal)
      } else {
        return this.goto(this.parseNumberInteger)
      }
    }
    parseNumberIntegerExponentOrDecimal () {
      if (this.char === CHAR_PERIOD) {
        this.consume()
        return this.call(this.parseNoUnder, this.parseNumberFloat)
      } else if (this.char === CHAR_E || this.char === CHAR_e) {
        this.consume()
        return this.next(this.parseNumberExponentSign)
      } else {
        return this.returnNow(Integer(this.state.buf))
      }
    }
    parseNumberInteger () {
      if (isDigit(this.char)) {
        this.consume()
      } else if (this.char === CHAR_LOWBAR) {
        return this.call(this.parseNoUnder)
      } else if (this.char === CHAR_E || this.char === CHAR_e) {
        this.consume()
        return this.next(this.parseNumberExponentSign)
      } else if (this.char === CHAR_PERIOD) {
        this.consume()
        return this.call(this.parseNoUnder, this.parseNumberFloat)
      } else {
        const result = Integer(this.state.buf)
        /* istanbul ignore if */
        if (result.isNaN()) {
          throw this.error(new TomlError('Invalid number'))
        } else {
          return this.returnNow(result)
        }
      }
    }
    parseNoUnder () {
      if (this.char === CHAR_LOWBAR || this.char === CHAR_PERIOD || this.char === CHAR_E || this.char === CHAR_e) {
        throw this.error(new TomlError('Unexpected character, expected digit'))
      } else if (this.atEndOfWord()) {
        throw this.error(new TomlError('Incomplete number'))
      }
      return this.returnNow()
    }
    parseNoUnderHexOctBinLiteral () {
      if (this.char === CHAR_LOWBAR || this.char === CHAR_PERIOD) {
        throw this.error(new TomlError('Unexpected character, expected digit'))
      } else if (this.atEndOfWord()) {
        throw this.error(new TomlError('Incomplete number'))
      }
      return this.returnNow()
    }
    parseNumberFloat () {
      if (this.char === CHAR_LOWBAR) {
        return this.call(this.parseNoUnder, this.parseNumberFloat)
      } else if (isDigit(this.char)) {
        this.consume()
      } else if (this.char === CHAR_E || this.char === CHAR_e) {
        this.consume()
        return this.next(this.parseNumberExponentSign)
      } else {
        return this.returnNow(Float(this.state.buf))
      }
    }
    parseNumberExponentSign () {
      if (isDigit(this.char)) {
        return this.goto(this.parseNumberExponent)
      } else if (this.char === CHAR_HYPHEN || this.char === CHAR_PLUS) {
        this.consume()
        this.call(this.parseNoUnder, this.parseNumberExponent)
      } else {
        throw this.error(new TomlError('Unexpected character, expected -, + or digit'))
      }
    }
    parseNumberExponent () {
      if (isDigit(this.char)) {
        this.consume()
      } else if (this.char === CHAR_LOWBAR) {
        return this.call(this.parseNoUnder)
      } else {
        return this.returnNow(Float(this.state.buf))
      }
    }

    /* NUMBERS or DATETIMES  */
    parseNumberOrDateTime () {
      if (this.char === CHAR_0) {
        this.consume()
        return this.next(this.parseNumberBaseOrDateTime)
      } else {
        return this.goto(this.parseNumberOrDateTimeOnly)
      }
    }
    parseNumberOrDateTimeOnly () {
      // note, if two zeros are in a row then it MUST be a date
      if (this.char === CHAR_LOWBAR) {
        return this.call(this.parseNoUnder, this.parseNumberInteger)
      } else if (isDigit(this.char)) {
        this.consume()
        if (this.state.buf.length > 4) this.next(this.parseNumberInteger)
      } else if (this.char === CHAR_E || this.char === CHAR_e) {
        this.consume()
        return this.next(this.parseNumberExponentSign)
      } else if (this.char === CHAR_PERIOD) {
        this.consume()
        return this.call(this.parseNoUnder, this.parseNumberFloat)
      } else if (this.char === CHAR_HYPHEN) {
        return this.goto(this.parseDateTime)
      } else if (this.char === CHAR_COLON) {
        return this.goto(this.parseOnlyTimeHour)
      } else {
        return this.returnNow(Integer(this.state.buf))
      }
    }
    parseDateTimeOnly () {
      if (this.state.buf.length < 4) {
        if (isDigit(this.char)) {
          return this.consume()
        } else if (this.char === CHAR_COLON) {
          return this.goto(this.parseOnlyTimeHour)
        } else {
          throw this.error(new TomlError('Expected digit while parsing year part of a date'))
        }
      } else {
        if (this.char === CHAR_HYPHEN) {
          return this.goto(this.parseDateTime)
        } else {
          throw this.error(new TomlError('Expected hyphen (-) while parsing year part of date'))
        }
      }
    }
    parseNumberBaseOrDateTime () {
      if (this.char === CHAR_b) {
        this.consume()
        return this.call(this.parseNoUnderHexOctBinLiteral, this.parseIntegerBin)
      } else if (this.char === CHAR_o) {
        this.consume()
        return this.call(this.parseNoUnderHexOctBinLiteral, this.parseIntegerOct)
      } else if (this.char === CHAR_x) {
        this.consume()
        return this.call(this.parseNoUnderHexOctBinLiteral, this.parseIntegerHex)
      } else if (this.char === CHAR_PERIOD) {
        return this.goto(this.parseNumberInteger)
      } else if (isDigit(this.char)) {
        return this.goto(this.parseDateTimeOnly)
      } else {
        return this.returnNow(Integer(this.state.buf))
      }
    }
    parseIntegerHex () {
      if (isHexit(this.char)) {
        this.consume()
      } else if (this.char === CHAR_LOWBAR) {
        return this.call(this.parseNoUnderHexOctBinLiteral)
      } else {
        const result = Integer(this.state.buf)
        /* istanbul ignore if */
        if (result.isNaN()) {
          throw this.error(new TomlError('Invalid number'))
        } else {
          return this.returnNow(result)
        }
      }
    }
    parseIntegerOct () {
      if (isOctit(this.char)) {
        this.consume()
      } else if (this.char === CHAR_LOWBAR) {
        return this.call(this.parseNoUnderHexOctBinLiteral)
      } else {
        const result = Integer(this.state.buf)
        /* istanbul ignore if */
        if (result.isNaN()) {
          throw this.error(new TomlError('Invalid number'))
        } else {
          return this.returnNow(result)
        }
      }
    }
    parseIntegerBin () {
      if (isBit(this.char)) {
        this.consume()
      } else if (this.char === CHAR_LOWBAR) {
        return this.call(this.parseNoUnderHexOctBinLiteral)
      } else {
        const result = Integer(this.state.buf)
        /* istanbul ignore if */
        if (result.isNaN()) {
          throw this.error(new TomlError('Invalid number'))
        } else {
          return this.returnNow(result)
        }
      }
    }

    /* DATETIME */
    parseDateTime () {
      // we enter here having just consumed the year and about to consume the hyphen
      if (this.state.buf.length < 4) {
        throw this.error(new TomlError('Years less than 1000 must be zero padded to four characters'))
      }
      this.state.result = this.state.buf
      this.state.buf = ''
      return this.next(this.parseDateMonth)
    }
    parseDateMonth () {
      if (this.char === CHAR_HYPHEN) {
        if (this.state.buf.length < 2) {
          throw this.error(new TomlError('Months less than 10 must be zero padded to two characters'))
        }
        this.state.result += '-' + this.state.buf
        this.state.buf = ''
        return this.next(this.parseDateDay)
      } else if (isDigit(this.char)) {
        this.consume()
      } else {
        throw this.error(new TomlError('Incomplete datetime'))
      }
    }
    parseDateDay () {
      if (this.char === CHAR_T || this.char === CHAR_SP) {
        if (this.state.buf.length < 2) {
          throw this.error(new TomlError('Days less than 10 must be zero padded to two characters'))
        }
        this.state.result += '-' + this.state.buf
        this.state.buf = ''
        return this.next(this.parseStartTimeHour)
      } else if (this.atEndOfWord()) {
        return this.returnNow(createDate(this.state.result + '-' + this.state.buf))
      } else if (isDigit(this.char)) {
        this.consume()
      } else {
        throw this.error(new TomlError('Incomplete datetime'))
      }
    }
    parseStartTimeHour () {
      if (this.atEndOfWord()) {
        return this.returnNow(createDate(this.state.result))
      } else {
        return this.goto(this.parseTimeHour)
      }
    }
    parseTimeHour () {
      if (this.char === CHAR_COLON) {
        if (this.state.buf.length < 2) {
          throw this.error(new TomlError('Hours less than 10 must be zero padded to two characters'))
        }
        this.state.result += 'T' + this.state.buf
        this.state.buf = ''
        return this.next(this.parseTimeMin)
      } else if (isDigit(this.char)) {
        this.consume()
      } else {
        throw this.error(new TomlError('Incomplete datetime'))
      }
    }
    parseTimeMin () {
      if (this.state.buf.length < 2 && isDigit(this.char)) {
        this.consume()
      } else if (this.state.buf.length === 2 && this.char === CHAR_COLON) {
        this.state.result += ':' + this.state.buf
        this.state.buf = ''
        return this.next(this.parseTimeSec)
      } else {
        throw this.error(new TomlError('Incomplete datetime'))
      }
    }
    parseTimeSec () {
      if (isDigit(this.char)) {
        this.consume()
        if (this.state.buf.length === 2) {
          this.state.result += ':' + this.state.buf
          this.state.buf = ''
          return this.next(this.parseTimeZoneOrFraction)
        }
      } else {
        throw this.error(new TomlError('Incomplete datetime'))
      }
    }

    parseOnlyTimeHour () {
      /* istanbul ignore else */
      if (this.char === CHAR_COLON) {
        if (this.state.buf.length < 2) {
          throw this.error(new TomlError('Hours less than 10 must be zero padded to two characters'))
        }
        this.state.result = this.state.buf
        this.state.buf = ''
        return this.next(this.parseOnlyTimeMin)
      } else {
        throw this.error(new TomlError('Incomplete time'))
      }
    }
    parseOnlyTimeMin () {
      if (this.state.buf.length < 2 && isDigit(this.char)) {
        this.consume()
      } else if (this.state.buf.length === 2 && this.char === CHAR_COLON) {
        this.state.result += ':' + this.state.buf
        this.state.buf = ''
        return this.next(this.parseOnlyTimeSec)
      } else {
        throw this.error(new TomlError('Incomplete time'))
      }
    }
    parseOnlyTimeSec () {
      if (isDigit(this.char)) {
        this.consume()
        if (this.state.buf.length === 2) {
          return this.next(this.parseOnlyTimeFractionMaybe)
        }
      } else {
        throw this.error(new TomlError('Incomplete time'))
      }
    }
    parseOnlyTimeFractionMaybe () {
      this.state.result += ':' + this.state.buf
      if (this.char === CHAR_PERIOD) {
        this.state.buf = ''
        this.next(this.parseOnlyTimeFraction)
      } else {
        return this.return(createTime(this.state.result))
      }
    }
    parseOnlyTimeFraction () {
      if (isDigit(this.char)) {
        this.consume()
      } else if (this.atEndOfWord()) {
        if (this.state.buf.length === 0) throw this.error(new TomlError('Expected digit in milliseconds'))
        return this.returnNow(createTime(this.state.result + '.' + this.state.buf))
      } else {
        throw this.error(new TomlError('Unexpected character in datetime, expected period (.), minus (-), plus (+) or Z'))
      }
    }

    parseTimeZoneOrFraction () {
      if (this.char === CHAR_PERIOD) {
        this.consume()
        this.next(this.parseDateTimeFraction)
      } else if (this.char === CHAR_HYPHEN || this.char === CHAR_PLUS) {
        this.consume()
        this.next(this.parseTimeZoneHour)
      } else if (this.char === CHAR_Z) {
        this.consume()
        return this.return(createDateTime(this.state.result + this.state.buf))
      } else if (this.atEndOfWord()) {
        return this.returnNow(createDateTimeFloat(this.state.result + this.state.buf))
      } else {
        throw this.error(new TomlError('Unexpected character in datetime, expected period (.), minus (-), plus (+) or Z'))
      }
    }
    parseDateTimeFraction () {
      if (isDigit(this.char)) {
        this.consume()
      } else if (this.state.buf.length === 1) {
        throw this.error(new TomlError('Expected digit in milliseconds'))
      } else if (this.char === CHAR_HYPHEN || this.char === CHAR_PLUS) {
        this.consume()
        this.next(this.parseTimeZoneHour)
      } else if (this.char === CHAR_Z) {
        this.consume()
        return this.return(createDateTime(this.state.result + this.state.buf))
      } else if (this.atEndOfWord()) {
        return this.returnNow(createDateTimeFloat(this.state.result + this.state.buf))
      } else {
        throw this.error(new TomlError('Unexpected character in datetime, expected period (.), minus (-), plus (+) or Z'))
      }
    }
    parseTimeZoneHour () {
      if (isDigit(this.char)) {
        this.consume()
        // FIXME: No more regexps
        if (/\d\d$/.test(this.state.buf)) return this.next(this.parseTimeZoneSep)
      } else {
        throw this.error(new TomlError('Unexpected character in datetime, expected digit'))
      }
    }
    parseTimeZoneSep () {
      if (this.char === CHAR_COLON) {
        this.consume()
        this.next(this.parseTimeZoneMin)
      } else {
        throw this.error(new TomlError('Unexpected character in datetime, expected colon'))
      }
    }
    parseTimeZoneMin () {
      if (isDigit(this.char)) {
        this.consume()
        if (/\d\d$/.test(this.state.buf)) return this.return(createDateTime(this.state.result + this.state.buf))
      } else {
        throw this.error(new TomlError('Unexpected character in datetime, expected digit'))
      }
    }

    /* BOOLEAN */
    parseBoolean () {
      /* istanbul ignore else */
      if (this.char === CHAR_t) {
        this.consume()
        return this.next(this.parseTrue_r)
      } else if (this.char === CHAR_f) {
        this.consume()
        return this.next(this.parseFalse_a)
      }
    }
    parseTrue_r () {
      if (this.char === CHAR_r) {
        this.consume()
        return this.next(this.parseTrue_u)
      } else {
        throw this.error(new TomlError('Invalid boolean, expected true or false'))
      }
    }
    parseTrue_u () {
      if (this.char === CHAR_u) {
        this.consume()
        return this.next(this.parseTrue_e)
      } else {
        throw this.error(new TomlError('Invalid boolean, expected true or false'))
      }
    }
    parseTrue_e () {
      if (this.char === CHAR_e) {
        return this.return(true)
      } else {
        throw this.error(new TomlError('Invalid boolean, expected true or false'))
      }
    }

    parseFalse_a () {
      if (this.char === CHAR_a) {
        this.consume()
        return this.next(this.parseFalse_l)
      } else {
        throw this.error(new TomlError('Invalid boolean, expected true or false'))
      }
    }

    parseFalse_l () {
      if (this.char === CHAR_l) {
        this.consume()
        return this.next(this.parseFalse_s)
      } else {
        throw this.error(new TomlError('Invalid boolean, expected true or false'))
      }
    }

    parseFalse_s () {
      if (this.char === CHAR_s) {
        this.consume()
        return this.next(this.parseFalse_e)
      } else {
        throw this.error(new TomlError('Invalid boolean, expected true or false'))
      }
    }

    parseFalse_e () {
      if (this.char === CHAR_e) {
        return this.return(false)
      } else {
        throw this.error(new TomlError('Invalid boolean, expected true or false'))
      }
    }

    /* INLINE LISTS */
    parseInlineList () {
      if (this.char === CHAR_SP || this.char === CTRL_I || this.char === CTRL_M || this.char === CTRL_J) {
        return null
      } else if (this.char === Parser.END) {
        throw this.error(new TomlError('Unterminated inline array'))
      } else if (this.char === CHAR_NUM) {
        return this.call(this.parseComment)
      } else if (this.char === CHAR_RSQB) {
        return this.return(this.state.resultArr || InlineList())
      } else {
        return this.callNow(this.parseValue, this.recordInlineListValue)
      }
    }
    recordInlineListValue (value) {
      if (!this.state.resultArr) {
        this.state.resultArr = InlineList(tomlType(value))
      }
      if (isFloat(value) || isInteger(value)) {
        // unbox now that we've verified they're ok
        this.state.resultArr.push(value.valueOf())
      } else {
        this.state.resultArr.push(value)
      }
      return this.goto(this.parseInlineListNext)
    }
    parseInlineListNext () {
      if (this.char === CHAR_SP || this.char === CTRL_I || this.char === CTRL_M || this.char === CTRL_J) {
        return null
      } else if (this.char === CHAR_NUM) {
        return this.call(this.parseComment)
      } else if (this.char === CHAR_COMMA) {
        return this.next(this.parseInlineList)
      } else if (this.char === CHAR_RSQB) {
        return this.goto(this.parseInlineList)
      } else {
        throw this.error(new TomlError('Invalid character, expected whitespace, comma (,) or close bracket (])'))
      }
    }

    /* INLINE TABLE */
    parseInlineTable () {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else if (this.char === Parser.END || this.char === CHAR_NUM || this.char === CTRL_J || this.char === CTRL_M) {
        throw this.error(new TomlError('Unterminated inline array'))
      } else if (this.char === CHAR_RCUB) {
        return this.return(this.state.resultTable || InlineTable())
      } else {
        if (!this.state.resultTable) this.state.resultTable = InlineTable()
        return this.callNow(this.parseAssign, this.recordInlineTableValue)
      }
    }
    recordInlineTableValue (kv) {
      let target = this.state.resultTable
      let finalKey = kv.key.pop()
      for (let kw of kv.key) {
        if (hasKey(target, kw) && (!isTable(target[kw]) || target[kw][_declared])) {
          throw this.error(new TomlError("Can't redefine existing key"))
        }
        target = target[kw] = target[kw] || Table()
      }
      if (hasKey(target, finalKey)) {
        throw this.error(new TomlError("Can't redefine existing key"))
      }
      if (isInteger(kv.value) || isFloat(kv.value)) {
        target[finalKey] = kv.value.valueOf()
      } else {
        target[finalKey] = kv.value
      }
      return this.goto(this.parseInlineTableNext)
    }
    parseInlineTableNext () {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else if (this.char === Parser.END || this.char === CHAR_NUM || this.char === CTRL_J || this.char === CTRL_M) {
        throw this.error(new TomlError('Unterminated inline array'))
      } else if (this.char === CHAR_COMMA) {
        return this.next(this.parseInlineTablePostComma)
      } else if (this.char === CHAR_RCUB) {
        return this.goto(this.parseInlineTable)
      } else {
        throw this.error(new TomlError('Invalid character, expected whitespace, comma (,) or close bracket (])'))
      }
    }
    parseInlineTablePostComma () {
      if (this.char === CHAR_SP || this.char === CTRL_I) {
        return null
      } else if (this.char === Parser.END || this.char === CHAR_NUM || this.char === CTRL_J || this.char === CTRL_M) {
        throw this.error(new TomlError('Unterminated inline array'))
      } else if (this.char === CHAR_COMMA) {
        throw this.error(new TomlError('Empty elements in inline tables are not permitted'))
      } else if (this.char === CHAR_RCUB) {
        throw this.error(new TomlError('Trailing commas in inline tables are not permitted'))
      } else {
        return this.goto(this.parseInlineTable)
      }
    }
  }
  return TOMLParser
}


/***/ }),

/***/ 7072:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


module.exports = parseAsync

const TOMLParser = __nccwpck_require__(2862)
const prettyError = __nccwpck_require__(7349)

function parseAsync (str, opts) {
  if (!opts) opts = {}
  const index = 0
  const blocksize = opts.blocksize || 40960
  const parser = new TOMLParser()
  return new Promise((resolve, reject) => {
    setImmediate(parseAsyncNext, index, blocksize, resolve, reject)
  })
  function parseAsyncNext (index, blocksize, resolve, reject) {
    if (index >= str.length) {
      try {
        return resolve(parser.finish())
      } catch (err) {
        return reject(prettyError(err, str))
      }
    }
    try {
      parser.parse(str.slice(index, index + blocksize))
      setImmediate(parseAsyncNext, index + blocksize, blocksize, resolve, reject)
    } catch (err) {
      reject(prettyError(err, str))
    }
  }
}


/***/ }),

/***/ 7349:
/***/ ((module) => {


module.exports = prettyError

function prettyError (err, buf) {
  /* istanbul ignore if */
  if (err.pos == null || err.line == null) return err
  let msg = err.message
  msg += ` at row ${err.line + 1}, col ${err.col + 1}, pos ${err.pos}:\n`

  /* istanbul ignore else */
  if (buf && buf.split) {
    const lines = buf.split(/\n/)
    const lineNumWidth = String(Math.min(lines.length, err.line + 3)).length
    let linePadding = ' '
    while (linePadding.length < lineNumWidth) linePadding += ' '
    for (let ii = Math.max(0, err.line - 1); ii < Math.min(lines.length, err.line + 2); ++ii) {
      let lineNum = String(ii + 1)
      if (lineNum.length < lineNumWidth) lineNum = ' ' + lineNum
      if (err.line === ii) {
        msg += lineNum + '> ' + lines[ii] + '\n'
        msg += linePadding + '  '
        for (let hh = 0; hh < err.col; ++hh) {
          msg += ' '
        }
        msg += '^\n'
      } else {
        msg += lineNum + ': ' + lines[ii] + '\n'
      }
    }
  }
  err.message = msg + '\n'
  return err
}


/***/ }),

/***/ 6874:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


module.exports = parseStream

const stream = __nccwpck_require__(2203)
const TOMLParser = __nccwpck_require__(2862)

function parseStream (stm) {
  if (stm) {
    return parseReadable(stm)
  } else {
    return parseTransform(stm)
  }
}

function parseReadable (stm) {
  const parser = new TOMLParser()
  stm.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    let readable
    let ended = false
    let errored = false
    function finish () {
      ended = true
      if (readable) return
      try {
        resolve(parser.finish())
      } catch (err) {
        reject(err)
      }
    }
    function error (err) {
      errored = true
      reject(err)
    }
    stm.once('end', finish)
    stm.once('error', error)
    readNext()

    function readNext () {
      readable = true
      let data
      while ((data = stm.read()) !== null) {
        try {
          parser.parse(data)
        } catch (err) {
          return error(err)
        }
      }
      readable = false
      /* istanbul ignore if */
      if (ended) return finish()
      /* istanbul ignore if */
      if (errored) return
      stm.once('readable', readNext)
    }
  })
}

function parseTransform () {
  const parser = new TOMLParser()
  return new stream.Transform({
    objectMode: true,
    transform (chunk, encoding, cb) {
      try {
        parser.parse(chunk.toString(encoding))
      } catch (err) {
        this.emit('error', err)
      }
      cb()
    },
    flush (cb) {
      try {
        this.push(parser.finish())
      } catch (err) {
        this.emit('error', err)
      }
      cb()
    }
  })
}


/***/ }),

/***/ 4171:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


module.exports = parseString

const TOMLParser = __nccwpck_require__(2862)
const prettyError = __nccwpck_require__(7349)

function parseString (str) {
  if (global.Buffer && global.Buffer.isBuffer(str)) {
    str = str.toString('utf8')
  }
  const parser = new TOMLParser()
  try {
    parser.parse(str)
    return parser.finish()
  } catch (err) {
    throw prettyError(err, str)
  }
}


/***/ }),

/***/ 9185:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


module.exports = __nccwpck_require__(4171)
module.exports.async = __nccwpck_require__(7072)
module.exports.stream = __nccwpck_require__(6874)
module.exports.prettyError = __nccwpck_require__(7349)


/***/ }),

/***/ 3887:
/***/ ((module) => {


module.exports = stringify
module.exports.value = stringifyInline

function stringify (obj) {
  if (obj === null) throw typeError('null')
  if (obj === void (0)) throw typeError('undefined')
  if (typeof obj !== 'object') throw typeError(typeof obj)

  if (typeof obj.toJSON === 'function') obj = obj.toJSON()
  if (obj == null) return null
  const type = tomlType(obj)
  if (type !== 'table') throw typeError(type)
  return stringifyObject('', '', obj)
}

function typeError (type) {
  return new Error('Can only stringify objects, not ' + type)
}

function getInlineKeys (obj) {
  return Object.keys(obj).filter(key => isInline(obj[key]))
}
function getComplexKeys (obj) {
  return Object.keys(obj).filter(key => !isInline(obj[key]))
}

function toJSON (obj) {
  let nobj = Array.isArray(obj) ? [] : Object.prototype.hasOwnProperty.call(obj, '__proto__') ? {['__proto__']: undefined} : {}
  for (let prop of Object.keys(obj)) {
    if (obj[prop] && typeof obj[prop].toJSON === 'function' && !('toISOString' in obj[prop])) {
      nobj[prop] = obj[prop].toJSON()
    } else {
      nobj[prop] = obj[prop]
    }
  }
  return nobj
}

function stringifyObject (prefix, indent, obj) {
  obj = toJSON(obj)
  let inlineKeys
  let complexKeys
  inlineKeys = getInlineKeys(obj)
  complexKeys = getComplexKeys(obj)
  const result = []
  const inlineIndent = indent || ''
  inlineKeys.forEach(key => {
    var type = tomlType(obj[key])
    if (type !== 'undefined' && type !== 'null') {
      result.push(inlineIndent + stringifyKey(key) + ' = ' + stringifyAnyInline(obj[key], true))
    }
  })
  if (result.length > 0) result.push('')
  const complexIndent = prefix && inlineKeys.length > 0 ? indent + '  ' : ''
  complexKeys.forEach(key => {
    result.push(stringifyComplex(prefix, complexIndent, key, obj[key]))
  })
  return result.join('\n')
}

function isInline (value) {
  switch (tomlType(value)) {
    case 'undefined':
    case 'null':
    case 'integer':
    case 'nan':
    case 'float':
    case 'boolean':
    case 'string':
    case 'datetime':
      return true
    case 'array':
      return value.length === 0 || tomlType(value[0]) !== 'table'
    case 'table':
      return Object.keys(value).length === 0
    /* istanbul ignore next */
    default:
      return false
  }
}

function tomlType (value) {
  if (value === undefined) {
    return 'undefined'
  } else if (value === null) {
    return 'null'
  /* eslint-disable valid-typeof */
  } else if (typeof value === 'bigint' || (Number.isInteger(value) && !Object.is(value, -0))) {
    return 'integer'
  } else if (typeof value === 'number') {
    return 'float'
  } else if (typeof value === 'boolean') {
    return 'boolean'
  } else if (typeof value === 'string') {
    return 'string'
  } else if ('toISOString' in value) {
    return isNaN(value) ? 'undefined' : 'datetime'
  } else if (Array.isArray(value)) {
    return 'array'
  } else {
    return 'table'
  }
}

function stringifyKey (key) {
  const keyStr = String(key)
  if (/^[-A-Za-z0-9_]+$/.test(keyStr)) {
    return keyStr
  } else {
    return stringifyBasicString(keyStr)
  }
}

function stringifyBasicString (str) {
  return '"' + escapeString(str).replace(/"/g, '\\"') + '"'
}

function stringifyLiteralString (str) {
  return "'" + str + "'"
}

function numpad (num, str) {
  while (str.length < num) str = '0' + str
  return str
}

function escapeString (str) {
  return str.replace(/\\/g, '\\\\')
    .replace(/[\b]/g, '\\b')
    .replace(/\t/g, '\\t')
    .replace(/\n/g, '\\n')
    .replace(/\f/g, '\\f')
    .replace(/\r/g, '\\r')
    /* eslint-disable no-control-regex */
    .replace(/([\u0000-\u001f\u007f])/, c => '\\u' + numpad(4, c.codePointAt(0).toString(16)))
    /* eslint-enable no-control-regex */
}

function stringifyMultilineString (str) {
  let escaped = str.split(/\n/).map(str => {
    return escapeString(str).replace(/"(?="")/g, '\\"')
  }).join('\n')
  if (escaped.slice(-1) === '"') escaped += '\\\n'
  return '"""\n' + escaped + '"""'
}

function stringifyAnyInline (value, multilineOk) {
  let type = tomlType(value)
  if (type === 'string') {
    if (multilineOk && /\n/.test(value)) {
      type = 'string-multiline'
    } else if (!/[\b\t\n\f\r']/.test(value) && /"/.test(value)) {
      type = 'string-literal'
    }
  }
  return stringifyInline(value, type)
}

function stringifyInline (value, type) {
  /* istanbul ignore if */
  if (!type) type = tomlType(value)
  switch (type) {
    case 'string-multiline':
      return stringifyMultilineString(value)
    case 'string':
      return stringifyBasicString(value)
    case 'string-literal':
      return stringifyLiteralString(value)
    case 'integer':
      return stringifyInteger(value)
    case 'float':
      return stringifyFloat(value)
    case 'boolean':
      return stringifyBoolean(value)
    case 'datetime':
      return stringifyDatetime(value)
    case 'array':
      return stringifyInlineArray(value.filter(_ => tomlType(_) !== 'null' && tomlType(_) !== 'undefined' && tomlType(_) !== 'nan'))
    case 'table':
      return stringifyInlineTable(value)
    /* istanbul ignore next */
    default:
      throw typeError(type)
  }
}

function stringifyInteger (value) {
  /* eslint-disable security/detect-unsafe-regex */
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '_')
}

function stringifyFloat (value) {
  if (value === Infinity) {
    return 'inf'
  } else if (value === -Infinity) {
    return '-inf'
  } else if (Object.is(value, NaN)) {
    return 'nan'
  } else if (Object.is(value, -0)) {
    return '-0.0'
  }
  const [int, dec] = String(value).split('.')
  return stringifyInteger(int) + '.' + dec
}

function stringifyBoolean (value) {
  return String(value)
}

function stringifyDatetime (value) {
  return value.toISOString()
}

function stringifyInlineArray (values) {
  values = toJSON(values)
  let result = '['
  const stringified = values.map(_ => stringifyInline(_))
  if (stringified.join(', ').length > 60 || /\n/.test(stringified)) {
    result += '\n  ' + stringified.join(',\n  ') + '\n'
  } else {
    result += ' ' + stringified.join(', ') + (stringified.length > 0 ? ' ' : '')
  }
  return result + ']'
}

function stringifyInlineTable (value) {
  value = toJSON(value)
  const result = []
  Object.keys(value).forEach(key => {
    result.push(stringifyKey(key) + ' = ' + stringifyAnyInline(value[key], false))
  })
  return '{ ' + result.join(', ') + (result.length > 0 ? ' ' : '') + '}'
}

function stringifyComplex (prefix, indent, key, value) {
  const valueType = tomlType(value)
  /* istanbul ignore else */
  if (valueType === 'array') {
    return stringifyArrayOfTables(prefix, indent, key, value)
  } else if (valueType === 'table') {
    return stringifyComplexTable(prefix, indent, key, value)
  } else {
    throw typeError(valueType)
  }
}

function stringifyArrayOfTables (prefix, indent, key, values) {
  values = toJSON(values)
  const firstValueType = tomlType(values[0])
  /* istanbul ignore if */
  if (firstValueType !== 'table') throw typeError(firstValueType)
  const fullKey = prefix + stringifyKey(key)
  let result = ''
  values.forEach(table => {
    if (result.length > 0) result += '\n'
    result += indent + '[[' + fullKey + ']]\n'
    result += stringifyObject(fullKey + '.', indent, table)
  })
  return result
}

function stringifyComplexTable (prefix, indent, key, value) {
  const fullKey = prefix + stringifyKey(key)
  let result = ''
  if (getInlineKeys(value).length > 0) {
    result += indent + '[' + fullKey + ']\n'
  }
  return result + stringifyObject(fullKey + '.', indent, value)
}


/***/ }),

/***/ 4572:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


exports.parse = __nccwpck_require__(9185)
exports.stringify = __nccwpck_require__(3887)


/***/ }),

/***/ 3057:
/***/ ((module) => {

function isBuffer(value) {
  return Buffer.isBuffer(value) || value instanceof Uint8Array
}

function isEncoding(encoding) {
  return Buffer.isEncoding(encoding)
}

function alloc(size, fill, encoding) {
  return Buffer.alloc(size, fill, encoding)
}

function allocUnsafe(size) {
  return Buffer.allocUnsafe(size)
}

function allocUnsafeSlow(size) {
  return Buffer.allocUnsafeSlow(size)
}

function byteLength(string, encoding) {
  return Buffer.byteLength(string, encoding)
}

function compare(a, b) {
  return Buffer.compare(a, b)
}

function concat(buffers, totalLength) {
  return Buffer.concat(buffers, totalLength)
}

function copy(source, target, targetStart, start, end) {
  return toBuffer(source).copy(target, targetStart, start, end)
}

function equals(a, b) {
  return toBuffer(a).equals(b)
}

function fill(buffer, value, offset, end, encoding) {
  return toBuffer(buffer).fill(value, offset, end, encoding)
}

function from(value, encodingOrOffset, length) {
  return Buffer.from(value, encodingOrOffset, length)
}

function includes(buffer, value, byteOffset, encoding) {
  return toBuffer(buffer).includes(value, byteOffset, encoding)
}

function indexOf(buffer, value, byfeOffset, encoding) {
  return toBuffer(buffer).indexOf(value, byfeOffset, encoding)
}

function lastIndexOf(buffer, value, byteOffset, encoding) {
  return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding)
}

function swap16(buffer) {
  return toBuffer(buffer).swap16()
}

function swap32(buffer) {
  return toBuffer(buffer).swap32()
}

function swap64(buffer) {
  return toBuffer(buffer).swap64()
}

function toBuffer(buffer) {
  if (Buffer.isBuffer(buffer)) return buffer
  return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

function toString(buffer, encoding, start, end) {
  return toBuffer(buffer).toString(encoding, start, end)
}

function toHex(buffer, start, end) {
  return toBuffer(buffer).toString('hex', start, end)
}

function write(buffer, string, offset, length, encoding) {
  return toBuffer(buffer).write(string, offset, length, encoding)
}

function readDoubleBE(buffer, offset) {
  return toBuffer(buffer).readDoubleBE(offset)
}

function readDoubleLE(buffer, offset) {
  return toBuffer(buffer).readDoubleLE(offset)
}

function readFloatBE(buffer, offset) {
  return toBuffer(buffer).readFloatBE(offset)
}

function readFloatLE(buffer, offset) {
  return toBuffer(buffer).readFloatLE(offset)
}

function readInt32BE(buffer, offset) {
  return toBuffer(buffer).readInt32BE(offset)
}

function readInt32LE(buffer, offset) {
  return toBuffer(buffer).readInt32LE(offset)
}

function readUInt32BE(buffer, offset) {
  return toBuffer(buffer).readUInt32BE(offset)
}

function readUInt32LE(buffer, offset) {
  return toBuffer(buffer).readUInt32LE(offset)
}

function writeDoubleBE(buffer, value, offset) {
  return toBuffer(buffer).writeDoubleBE(value, offset)
}

function writeDoubleLE(buffer, value, offset) {
  return toBuffer(buffer).writeDoubleLE(value, offset)
}

function writeFloatBE(buffer, value, offset) {
  return toBuffer(buffer).writeFloatBE(value, offset)
}

function writeFloatLE(buffer, value, offset) {
  return toBuffer(buffer).writeFloatLE(value, offset)
}

function writeInt32BE(buffer, value, offset) {
  return toBuffer(buffer).writeInt32BE(value, offset)
}

function writeInt32LE(buffer, value, offset) {
  return toBuffer(buffer).writeInt32LE(value, offset)
}

function writeUInt32BE(buffer, value, offset) {
  return toBuffer(buffer).writeUInt32BE(value, offset)
}

function writeUInt32LE(buffer, value, offset) {
  return toBuffer(buffer).writeUInt32LE(value, offset)
}

module.exports = {
  isBuffer,
  isEncoding,
  alloc,
  allocUnsafe,
  allocUnsafeSlow,
  byteLength,
  compare,
  concat,
  copy,
  equals,
  fill,
  from,
  includes,
  indexOf,
  lastIndexOf,
  swap16,
  swap32,
  swap64,
  toBuffer,
  toString,
  toHex,
  write,
  readDoubleBE,
  readDoubleLE,
  readFloatBE,
  readFloatLE,
  readInt32BE,
  readInt32LE,
  readUInt32BE,
  readUInt32LE,
  writeDoubleBE,
  writeDoubleLE,
  writeFloatBE,
  writeFloatLE,
  writeInt32BE,
  writeInt32LE,
  writeUInt32BE,
  writeUInt32LE
}


/***/ }),

/***/ 9580:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(4434)


/***/ }),

/***/ 3587:
/***/ ((module) => {

module.exports = class FixedFIFO {
  constructor (hwm) {
    if (!(hwm > 0) || ((hwm - 1) & hwm) !== 0) throw new Error('Max size for a FixedFIFO should be a power of two')
    this.buffer = new Array(hwm)
    this.mask = hwm - 1
    this.top = 0
    this.btm = 0
    this.next = null
  }

  clear () {
    this.top = this.btm = 0
    this.next = null
    this.buffer.fill(undefined)
  }

  push (data) {
    if (this.buffer[this.top] !== undefined) return false
    this.buffer[this.top] = data
    this.top = (this.top + 1) & this.mask
    return true
  }

  shift () {
    const last = this.buffer[this.btm]
    if (last === undefined) return undefined
    this.buffer[this.btm] = undefined
    this.btm = (this.btm + 1) & this.mask
    return last
  }

  peek () {
    return this.buffer[this.btm]
  }

  isEmpty () {
    return this.buffer[this.btm] === undefined
  }
}


/***/ }),

/***/ 3867:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const FixedFIFO = __nccwpck_require__(3587)

module.exports = class FastFIFO {
  constructor (hwm) {
    this.hwm = hwm || 16
    this.head = new FixedFIFO(this.hwm)
    this.tail = this.head
    this.length = 0
  }

  clear () {
    this.head = this.tail
    this.head.clear()
    this.length = 0
  }

  push (val) {
    this.length++
    if (!this.head.push(val)) {
      const prev = this.head
      this.head = prev.next = new FixedFIFO(2 * this.head.buffer.length)
      this.head.push(val)
    }
  }

  shift () {
    if (this.length !== 0) this.length--
    const val = this.tail.shift()
    if (val === undefined && this.tail.next) {
      const next = this.tail.next
      this.tail.next = null
      this.tail = next
      return this.tail.shift()
    }

    return val
  }

  peek () {
    const val = this.tail.peek()
    if (val === undefined && this.tail.next) return this.tail.next.peek()
    return val
  }

  isEmpty () {
    return this.length === 0
  }
}


/***/ }),

/***/ 3313:
/***/ ((module) => {

module.exports = Pend;

function Pend() {
  this.pending = 0;
  this.max = Infinity;
  this.listeners = [];
  this.waiting = [];
  this.error = null;
}

Pend.prototype.go = function(fn) {
  if (this.pending < this.max) {
    pendGo(this, fn);
  } else {
    this.waiting.push(fn);
  }
};

Pend.prototype.wait = function(cb) {
  if (this.pending === 0) {
    cb(this.error);
  } else {
    this.listeners.push(cb);
  }
};

Pend.prototype.hold = function() {
  return pendHold(this);
};

function pendHold(self) {
  self.pending += 1;
  var called = false;
  return onCb;
  function onCb(err) {
    if (called) throw new Error("callback called twice");
    called = true;
    self.error = self.error || err;
    self.pending -= 1;
    if (self.waiting.length > 0 && self.pending < self.max) {
      pendGo(self, self.waiting.shift());
    } else if (self.pending === 0) {
      var listeners = self.listeners;
      self.listeners = [];
      listeners.forEach(cbListener);
    }
  }
  function cbListener(listener) {
    listener(self.error);
  }
}

function pendGo(self, fn) {
  fn(pendHold(self));
}


/***/ }),

/***/ 6204:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { EventEmitter } = __nccwpck_require__(9580)
const FIFO = __nccwpck_require__(3867)
const TextDecoder = __nccwpck_require__(7934)

const StreamError = __nccwpck_require__(5657)

// if we do a future major, expect queue microtask to be there always, for now a bit defensive
const qmt =
  typeof queueMicrotask === 'undefined' ? (fn) => global.process.nextTick(fn) : queueMicrotask

// 29 bits used total (4 from shared, 14 from read, and 11 from write)
const MAX = (1 << 29) - 1

// Shared state
const OPENING = 0b0001
const PREDESTROYING = 0b0010
const DESTROYING = 0b0100
const DESTROYED = 0b1000

const NOT_OPENING = MAX ^ OPENING
const NOT_PREDESTROYING = MAX ^ PREDESTROYING

// Read state (4 bit offset from shared state)
const READ_ACTIVE = 0b00000000000001 << 4
const READ_UPDATING = 0b00000000000010 << 4
const READ_PRIMARY = 0b00000000000100 << 4
const READ_QUEUED = 0b00000000001000 << 4
const READ_RESUMED = 0b00000000010000 << 4
const READ_PIPE_DRAINED = 0b00000000100000 << 4
const READ_ENDING = 0b00000001000000 << 4
const READ_EMIT_DATA = 0b00000010000000 << 4
const READ_EMIT_READABLE = 0b00000100000000 << 4
const READ_EMITTED_READABLE = 0b00001000000000 << 4
const READ_DONE = 0b00010000000000 << 4
const READ_NEXT_TICK = 0b00100000000000 << 4
const READ_NEEDS_PUSH = 0b01000000000000 << 4
const READ_READ_AHEAD = 0b10000000000000 << 4

// Combined read state
const READ_FLOWING = READ_RESUMED | READ_PIPE_DRAINED
const READ_ACTIVE_AND_NEEDS_PUSH = READ_ACTIVE | READ_NEEDS_PUSH
const READ_PRIMARY_AND_ACTIVE = READ_PRIMARY | READ_ACTIVE
const READ_EMIT_READABLE_AND_QUEUED = READ_EMIT_READABLE | READ_QUEUED
const READ_RESUMED_READ_AHEAD = READ_RESUMED | READ_READ_AHEAD

const READ_NOT_ACTIVE = MAX ^ READ_ACTIVE
const READ_NON_PRIMARY = MAX ^ READ_PRIMARY
const READ_NON_PRIMARY_AND_PUSHED = MAX ^ (READ_PRIMARY | READ_NEEDS_PUSH)
const READ_PUSHED = MAX ^ READ_NEEDS_PUSH
const READ_PAUSED = MAX ^ READ_RESUMED
const READ_NOT_QUEUED = MAX ^ (READ_QUEUED | READ_EMITTED_READABLE)
const READ_NOT_ENDING = MAX ^ READ_ENDING
const READ_PIPE_NOT_DRAINED = MAX ^ READ_FLOWING
const READ_NOT_NEXT_TICK = MAX ^ READ_NEXT_TICK
const READ_NOT_UPDATING = MAX ^ READ_UPDATING
const READ_NO_READ_AHEAD = MAX ^ READ_READ_AHEAD
const READ_PAUSED_NO_READ_AHEAD = MAX ^ READ_RESUMED_READ_AHEAD

// Write state (18 bit offset, 4 bit offset from shared state and 14 from read state)
const WRITE_ACTIVE = 0b00000000001 << 18
const WRITE_UPDATING = 0b00000000010 << 18
const WRITE_PRIMARY = 0b00000000100 << 18
const WRITE_QUEUED = 0b00000001000 << 18
const WRITE_UNDRAINED = 0b00000010000 << 18
const WRITE_DONE = 0b00000100000 << 18
const WRITE_EMIT_DRAIN = 0b00001000000 << 18
const WRITE_NEXT_TICK = 0b00010000000 << 18
const WRITE_WRITING = 0b00100000000 << 18
const WRITE_FINISHING = 0b01000000000 << 18
const WRITE_CORKED = 0b10000000000 << 18

const WRITE_NOT_ACTIVE = MAX ^ (WRITE_ACTIVE | WRITE_WRITING)
const WRITE_NON_PRIMARY = MAX ^ WRITE_PRIMARY
const WRITE_NOT_FINISHING = MAX ^ (WRITE_ACTIVE | WRITE_FINISHING)
const WRITE_DRAINED = MAX ^ WRITE_UNDRAINED
const WRITE_NOT_QUEUED = MAX ^ WRITE_QUEUED
const WRITE_NOT_NEXT_TICK = MAX ^ WRITE_NEXT_TICK
const WRITE_NOT_UPDATING = MAX ^ WRITE_UPDATING
const WRITE_NOT_CORKED = MAX ^ WRITE_CORKED

// Combined shared state
const ACTIVE = READ_ACTIVE | WRITE_ACTIVE
const NOT_ACTIVE = MAX ^ ACTIVE
const DONE = READ_DONE | WRITE_DONE
const DESTROY_STATUS = DESTROYING | DESTROYED | PREDESTROYING
const OPEN_STATUS = DESTROY_STATUS | OPENING
const AUTO_DESTROY = DESTROY_STATUS | DONE
const NON_PRIMARY = WRITE_NON_PRIMARY & READ_NON_PRIMARY
const ACTIVE_OR_TICKING = WRITE_NEXT_TICK | READ_NEXT_TICK
const TICKING = ACTIVE_OR_TICKING & NOT_ACTIVE
const IS_OPENING = OPEN_STATUS | TICKING

// Combined shared state and read state
const READ_PRIMARY_STATUS = OPEN_STATUS | READ_ENDING | READ_DONE
const READ_STATUS = OPEN_STATUS | READ_DONE | READ_QUEUED
const READ_ENDING_STATUS = OPEN_STATUS | READ_ENDING | READ_QUEUED
const READ_READABLE_STATUS = OPEN_STATUS | READ_EMIT_READABLE | READ_QUEUED | READ_EMITTED_READABLE
const SHOULD_NOT_READ =
  OPEN_STATUS | READ_ACTIVE | READ_ENDING | READ_DONE | READ_NEEDS_PUSH | READ_READ_AHEAD
const READ_BACKPRESSURE_STATUS = DESTROY_STATUS | READ_ENDING | READ_DONE
const READ_UPDATE_SYNC_STATUS = READ_UPDATING | OPEN_STATUS | READ_NEXT_TICK | READ_PRIMARY
const READ_NEXT_TICK_OR_OPENING = READ_NEXT_TICK | OPENING

// Combined write state
const WRITE_PRIMARY_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_DONE
const WRITE_QUEUED_AND_UNDRAINED = WRITE_QUEUED | WRITE_UNDRAINED
const WRITE_QUEUED_AND_ACTIVE = WRITE_QUEUED | WRITE_ACTIVE
const WRITE_DRAIN_STATUS = WRITE_QUEUED | WRITE_UNDRAINED | OPEN_STATUS | WRITE_ACTIVE
const WRITE_STATUS = OPEN_STATUS | WRITE_ACTIVE | WRITE_QUEUED | WRITE_CORKED
const WRITE_PRIMARY_AND_ACTIVE = WRITE_PRIMARY | WRITE_ACTIVE
const WRITE_ACTIVE_AND_WRITING = WRITE_ACTIVE | WRITE_WRITING
const WRITE_FINISHING_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_QUEUED_AND_ACTIVE | WRITE_DONE
const WRITE_BACKPRESSURE_STATUS = WRITE_UNDRAINED | DESTROY_STATUS | WRITE_FINISHING | WRITE_DONE
const WRITE_UPDATE_SYNC_STATUS = WRITE_UPDATING | OPEN_STATUS | WRITE_NEXT_TICK | WRITE_PRIMARY
const WRITE_DROP_DATA = WRITE_FINISHING | WRITE_DONE | DESTROY_STATUS

const asyncIterator = Symbol.asyncIterator || Symbol('asyncIterator')

class WritableState {
  constructor(
    stream,
    { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}
  ) {
    this.stream = stream
    this.queue = new FIFO()
    this.highWaterMark = highWaterMark
    this.buffered = 0
    this.error = null
    this.pipeline = null
    this.drains = null // if we add more seldomly used helpers we might them into a subobject so its a single ptr
    this.byteLength = byteLengthWritable || byteLength || defaultByteLength
    this.map = mapWritable || map
    this.afterWrite = afterWrite.bind(this)
    this.afterUpdateNextTick = updateWriteNT.bind(this)
  }

  get ending() {
    return (this.stream._duplexState & WRITE_FINISHING) !== 0
  }

  get ended() {
    return (this.stream._duplexState & WRITE_DONE) !== 0
  }

  push(data) {
    if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false
    if (this.map !== null) data = this.map(data)

    this.buffered += this.byteLength(data)
    this.queue.push(data)

    if (this.buffered < this.highWaterMark) {
      this.stream._duplexState |= WRITE_QUEUED
      return true
    }

    this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED
    return false
  }

  shift() {
    const data = this.queue.shift()

    this.buffered -= this.byteLength(data)
    if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED

    return data
  }

  end(data) {
    if (typeof data === 'function') {
      this.stream.once('finish', data)
    } else if (data !== undefined && data !== null) {
      this.push(data)
    }

    this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY
  }

  autoBatch(data, cb) {
    const buffer = []
    const stream = this.stream

    buffer.push(data)
    while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) {
      buffer.push(stream._writableState.shift())
    }

    if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null)
    stream._writev(buffer, cb)
  }

  update() {
    const stream = this.stream

    stream._duplexState |= WRITE_UPDATING

    do {
      while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
        const data = this.shift()
        stream._duplexState |= WRITE_ACTIVE_AND_WRITING
        stream._write(data, this.afterWrite)
      }

      if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary()
    } while (this.continueUpdate() === true)

    stream._duplexState &= WRITE_NOT_UPDATING
  }

  updateNonPrimary() {
    const stream = this.stream

    if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
      stream._duplexState = stream._duplexState | WRITE_ACTIVE
      stream._final(afterFinal.bind(this))
      return
    }

    if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
      if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
        stream._duplexState |= ACTIVE
        stream._destroy(afterDestroy.bind(this))
      }
      return
    }

    if ((stream._duplexState & IS_OPENING) === OPENING) {
      stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING
      stream._open(afterOpen.bind(this))
    }
  }

  continueUpdate() {
    if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false
    this.stream._duplexState &= WRITE_NOT_NEXT_TICK
    return true
  }

  updateCallback() {
    if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) {
      this.update()
    } else {
      this.updateNextTick()
    }
  }

  updateNextTick() {
    if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return
    this.stream._duplexState |= WRITE_NEXT_TICK
    if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick)
  }
}

class ReadableState {
  constructor(
    stream,
    { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}
  ) {
    this.stream = stream
    this.queue = new FIFO()
    this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark
    this.buffered = 0
    this.readAhead = highWaterMark > 0
    this.error = null
    this.pipeline = null
    this.byteLength = byteLengthReadable || byteLength || defaultByteLength
    this.map = mapReadable || map
    this.pipeTo = null
    this.afterRead = afterRead.bind(this)
    this.afterUpdateNextTick = updateReadNT.bind(this)
  }

  get ending() {
    return (this.stream._duplexState & READ_ENDING) !== 0
  }

  get ended() {
    return (this.stream._duplexState & READ_DONE) !== 0
  }

  pipe(pipeTo, cb) {
    if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT('Can only pipe to one destination')
    if (typeof cb !== 'function') cb = null

    this.stream._duplexState |= READ_PIPE_DRAINED
    this.pipeTo = pipeTo
    this.pipeline = new Pipeline(this.stream, pipeTo, cb)

    if (cb) this.stream.on('error', noop) // We already error handle this so supress crashes

    if (isStreamx(pipeTo)) {
      pipeTo._writableState.pipeline = this.pipeline
      if (cb) pipeTo.on('error', noop) // We already error handle this so supress crashes
      pipeTo.on('finish', this.pipeline.finished.bind(this.pipeline)) // TODO: just call finished from pipeTo itself
    } else {
      const onerror = this.pipeline.done.bind(this.pipeline, pipeTo)
      const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null) // onclose has a weird bool arg
      pipeTo.on('error', onerror)
      pipeTo.on('close', onclose)
      pipeTo.on('finish', this.pipeline.finished.bind(this.pipeline))
    }

    pipeTo.on('drain', afterDrain.bind(this))
    this.stream.emit('piping', pipeTo)
    pipeTo.emit('pipe', this.stream)
  }

  push(data) {
    const stream = this.stream

    if (data === null) {
      this.highWaterMark = 0
      stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED
      return false
    }

    if (this.map !== null) {
      data = this.map(data)
      if (data === null) {
        stream._duplexState &= READ_PUSHED
        return this.buffered < this.highWaterMark
      }
    }

    this.buffered += this.byteLength(data)
    this.queue.push(data)

    stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED

    return this.buffered < this.highWaterMark
  }

  shift() {
    const data = this.queue.shift()

    this.buffered -= this.byteLength(data)
    if (this.buffered === 0) {
      this.stream._duplexState &= READ_NOT_QUEUED
    }

    return data
  }

  unshift(data) {
    const pending = [this.map !== null ? this.map(data) : data]
    while (this.buffered > 0) pending.push(this.shift())

    for (let i = 0; i < pending.length - 1; i++) {
      const data = pending[i]
      this.buffered += this.byteLength(data)
      this.queue.push(data)
    }

    this.push(pending[pending.length - 1])
  }

  read() {
    const stream = this.stream

    if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
      const data = this.shift()

      if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
        stream._duplexState &= READ_PIPE_NOT_DRAINED
      }

      if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
        stream.emit('data', data)
      }

      return data
    }

    if (this.readAhead === false) {
      stream._duplexState |= READ_READ_AHEAD
      this.updateNextTick()
    }

    return null
  }

  drain() {
    const stream = this.stream

    while (
      (stream._duplexState & READ_STATUS) === READ_QUEUED &&
      (stream._duplexState & READ_FLOWING) !== 0
    ) {
      const data = this.shift()

      if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
        stream._duplexState &= READ_PIPE_NOT_DRAINED
      }

      if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
        stream.emit('data', data)
      }
    }
  }

  update() {
    const stream = this.stream

    stream._duplexState |= READ_UPDATING

    do {
      this.drain()

      while (
        this.buffered < this.highWaterMark &&
        (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD
      ) {
        stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH
        stream._read(this.afterRead)
        this.drain()
      }

      if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
        stream._duplexState |= READ_EMITTED_READABLE
        stream.emit('readable')
      }

      if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) {
        this.updateNonPrimary()
      }
    } while (this.continueUpdate() === true)

    stream._duplexState &= READ_NOT_UPDATING
  }

  updateNonPrimary() {
    const stream = this.stream

    if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
      stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING
      stream.emit('end')

      if ((stream._duplexState & AUTO_DESTROY) === DONE) {
        stream._duplexState |= DESTROYING
      }

      if (this.pipeTo !== null) {
        this.pipeTo.end()
      }
    }

    if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
      if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
        stream._duplexState |= ACTIVE
        stream._destroy(afterDestroy.bind(this))
      }
      return
    }

    if ((stream._duplexState & IS_OPENING) === OPENING) {
      stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING
      stream._open(afterOpen.bind(this))
    }
  }

  continueUpdate() {
    if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false
    this.stream._duplexState &= READ_NOT_NEXT_TICK
    return true
  }

  updateCallback() {
    if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) {
      this.update()
    } else {
      this.updateNextTick()
    }
  }

  updateNextTickIfOpen() {
    if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return
    this.stream._duplexState |= READ_NEXT_TICK
    if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick)
  }

  updateNextTick() {
    if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return
    this.stream._duplexState |= READ_NEXT_TICK
    if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick)
  }
}

class TransformState {
  constructor(stream) {
    this.data = null
    this.afterTransform = afterTransform.bind(stream)
    this.afterFinal = null
  }
}

class Pipeline {
  constructor(src, dst, cb) {
    this.from = src
    this.to = dst
    this.afterPipe = cb
    this.error = null
    this.pipeToFinished = false
  }

  finished() {
    this.pipeToFinished = true
  }

  done(stream, err) {
    if (err) this.error = err

    if (stream === this.to) {
      this.to = null

      if (this.from !== null) {
        if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) {
          this.from.destroy(this.error || StreamError.PREMATURE_CLOSE('Writable stream closed'))
        }
        return
      }
    }

    if (stream === this.from) {
      this.from = null

      if (this.to !== null) {
        if ((stream._duplexState & READ_DONE) === 0) {
          this.to.destroy(this.error || StreamError.PREMATURE_CLOSE('Readable stream closed'))
        }
        return
      }
    }

    if (this.afterPipe !== null) this.afterPipe(this.error)
    this.to = this.from = this.afterPipe = null
  }
}

function afterDrain() {
  this.stream._duplexState |= READ_PIPE_DRAINED
  this.updateCallback()
}

function afterFinal(err) {
  const stream = this.stream
  if (err) stream.destroy(err)

  if ((stream._duplexState & DESTROY_STATUS) === 0) {
    stream._duplexState |= WRITE_DONE
    stream.emit('finish')
  }

  if ((stream._duplexState & AUTO_DESTROY) === DONE) {
    stream._duplexState |= DESTROYING
  }

  stream._duplexState &= WRITE_NOT_FINISHING

  // no need to wait the extra tick here, so we short circuit that
  if ((stream._duplexState & WRITE_UPDATING) === 0) {
    this.update()
  } else {
    this.updateNextTick()
  }
}

function afterDestroy(err) {
  const stream = this.stream

  if (!err && !StreamError.isStreamDestroyed(this.error)) err = this.error
  if (err) stream.emit('error', err)

  stream._duplexState |= DESTROYED
  stream.emit('close')

  const rs = stream._readableState
  const ws = stream._writableState

  if (rs !== null && rs.pipeline !== null) {
    rs.pipeline.done(stream, err)
  }

  if (ws !== null) {
    while (ws.drains !== null && ws.drains.length > 0) {
      ws.drains.shift().resolve(false)
    }

    if (ws.pipeline !== null) {
      ws.pipeline.done(stream, err)
    }
  }
}

function afterWrite(err) {
  const stream = this.stream

  if (err) stream.destroy(err)
  stream._duplexState &= WRITE_NOT_ACTIVE

  if (this.drains !== null) tickDrains(this.drains)

  if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
    stream._duplexState &= WRITE_DRAINED

    if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) {
      stream.emit('drain')
    }
  }

  this.updateCallback()
}

function afterRead(err) {
  if (err) this.stream.destroy(err)
  this.stream._duplexState &= READ_NOT_ACTIVE

  if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) {
    this.stream._duplexState &= READ_NO_READ_AHEAD
  }

  this.updateCallback()
}

function updateReadNT() {
  if ((this.stream._duplexState & READ_UPDATING) === 0) {
    this.stream._duplexState &= READ_NOT_NEXT_TICK
    this.update()
  }
}

function updateWriteNT() {
  if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
    this.stream._duplexState &= WRITE_NOT_NEXT_TICK
    this.update()
  }
}

function tickDrains(drains) {
  for (let i = 0; i < drains.length; i++) {
    // drains.writes are monotonic, so if one is 0 its always the first one
    if (--drains[i].writes === 0) {
      drains.shift().resolve(true)
      i--
    }
  }
}

function afterOpen(err) {
  const stream = this.stream

  if (err) stream.destroy(err)

  if ((stream._duplexState & DESTROYING) === 0) {
    if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) {
      stream._duplexState |= READ_PRIMARY
    }

    if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) {
      stream._duplexState |= WRITE_PRIMARY
    }

    stream.emit('open')
  }

  stream._duplexState &= NOT_ACTIVE

  if (stream._writableState !== null) {
    stream._writableState.updateCallback()
  }

  if (stream._readableState !== null) {
    stream._readableState.updateCallback()
  }
}

function afterTransform(err, data) {
  if (data !== undefined && data !== null) this.push(data)
  this._writableState.afterWrite(err)
}

function newListener(name) {
  if (this._readableState !== null) {
    if (name === 'data') {
      this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD
      this._readableState.updateNextTick()
    }
    if (name === 'readable') {
      this._duplexState |= READ_EMIT_READABLE
      this._readableState.updateNextTick()
    }
  }

  if (this._writableState !== null) {
    if (name === 'drain') {
      this._duplexState |= WRITE_EMIT_DRAIN
      this._writableState.updateNextTick()
    }
  }
}

class Stream extends EventEmitter {
  constructor(opts) {
    super()

    this._duplexState = 0
    this._readableState = null
    this._writableState = null

    if (opts) {
      if (opts.open) this._open = opts.open
      if (opts.destroy) this._destroy = opts.destroy
      if (opts.predestroy) this._predestroy = opts.predestroy
      if (opts.signal) opts.signal.addEventListener('abort', abort.bind(this))
    }

    this.on('newListener', newListener)
  }

  _open(cb) {
    cb(null)
  }

  _destroy(cb) {
    cb(null)
  }

  _predestroy() {
    // does nothing
  }

  get readable() {
    return this._readableState !== null ? true : undefined
  }

  get writable() {
    return this._writableState !== null ? true : undefined
  }

  get destroyed() {
    return (this._duplexState & DESTROYED) !== 0
  }

  get destroying() {
    return (this._duplexState & DESTROY_STATUS) !== 0
  }

  destroy(err) {
    if ((this._duplexState & DESTROY_STATUS) === 0) {
      if (!err) err = StreamError.STREAM_DESTROYED()
      this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY

      if (this._readableState !== null) {
        this._readableState.highWaterMark = 0
        this._readableState.error = err
      }

      if (this._writableState !== null) {
        this._writableState.highWaterMark = 0
        this._writableState.error = err
      }

      this._duplexState |= PREDESTROYING
      this._predestroy()
      this._duplexState &= NOT_PREDESTROYING

      if (this._readableState !== null) {
        this._readableState.updateNextTick()
      }

      if (this._writableState !== null) {
        this._writableState.updateNextTick()
      }
    }
  }
}

class Readable extends Stream {
  constructor(opts) {
    super(opts)

    this._duplexState |= OPENING | WRITE_DONE | READ_READ_AHEAD
    this._readableState = new ReadableState(this, opts)

    if (opts) {
      if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD
      if (opts.read) this._read = opts.read
      if (opts.eagerOpen) this._readableState.updateNextTick()
      if (opts.encoding) this.setEncoding(opts.encoding)
    }
  }

  static deferred(fn, opts) {
    const out = new PassThrough(opts)

    fn()
      .then((src) => {
        if (src === null) return out.end()
        if (out.destroying) return
        pipeline(src, out, noop)
      })
      .catch((err) => out.destroy(err))

    return out
  }

  setEncoding(encoding) {
    const dec = new TextDecoder(encoding)
    const map = this._readableState.map || echo
    this._readableState.map = mapOrSkip
    return this

    function mapOrSkip(data) {
      const next = dec.push(data)
      return next === '' && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next)
    }
  }

  _read(cb) {
    cb(null)
  }

  pipe(dest, cb) {
    this._readableState.updateNextTick()
    this._readableState.pipe(dest, cb)
    return dest
  }

  read() {
    this._readableState.updateNextTick()
    return this._readableState.read()
  }

  push(data) {
    this._readableState.updateNextTickIfOpen()
    return this._readableState.push(data)
  }

  unshift(data) {
    this._readableState.updateNextTickIfOpen()
    return this._readableState.unshift(data)
  }

  resume() {
    this._duplexState |= READ_RESUMED_READ_AHEAD
    this._readableState.updateNextTick()
    return this
  }

  pause() {
    this._duplexState &=
      this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED
    return this
  }

  static _fromAsyncIterator(ite, opts) {
    let destroy

    const rs = new Readable({
      ...opts,
      read(cb) {
        ite.next().then(push).then(cb.bind(null, null)).catch(cb)
      },
      predestroy() {
        destroy = ite.return()
      },
      destroy(cb) {
        if (!destroy) return cb(null)
        destroy.then(cb.bind(null, null)).catch(cb)
      }
    })

    return rs

    function push(data) {
      if (data.done) rs.push(null)
      else rs.push(data.value)
    }
  }

  static from(data, opts) {
    if (isReadStreamx(data)) return data
    if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts)
    if (!Array.isArray(data)) data = data === undefined ? [] : [data]

    let i = 0
    return new Readable({
      ...opts,
      read(cb) {
        this.push(i === data.length ? null : data[i++])
        cb(null)
      }
    })
  }

  static isBackpressured(rs) {
    return (
      (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 ||
      rs._readableState.buffered >= rs._readableState.highWaterMark
    )
  }

  static isPaused(rs) {
    return (rs._duplexState & READ_RESUMED) === 0
  }

  [asyncIterator]() {
    const stream = this

    let error = null
    let promiseResolve = null
    let promiseReject = null

    this.on('error', (err) => {
      error = err
    })
    this.on('readable', onreadable)
    this.on('close', onclose)

    return {
      [asyncIterator]() {
        return this
      },
      next() {
        return new Promise(function (resolve, reject) {
          promiseResolve = resolve
          promiseReject = reject
          const data = stream.read()
          if (data !== null) ondata(data)
          else if ((stream._duplexState & DESTROYED) !== 0) ondata(null)
        })
      },
      return() {
        return destroy(null)
      },
      throw(err) {
        return destroy(err)
      }
    }

    function onreadable() {
      if (promiseResolve !== null) ondata(stream.read())
    }

    function onclose() {
      if (promiseResolve !== null) ondata(null)
    }

    function ondata(data) {
      if (promiseReject === null) return
      if (error) {
        promiseReject(error)
      } else if (data === null && (stream._duplexState & READ_DONE) === 0) {
        promiseReject(StreamError.STREAM_DESTROYED())
      } else {
        promiseResolve({ value: data, done: data === null })
      }
      promiseReject = promiseResolve = null
    }

    function destroy(err) {
      stream.destroy(err)
      return new Promise((resolve, reject) => {
        if (stream._duplexState & DESTROYED) return resolve({ value: undefined, done: true })
        stream.once('close', function () {
          if (err) reject(err)
          else resolve({ value: undefined, done: true })
        })
      })
    }
  }
}

class Writable extends Stream {
  constructor(opts) {
    super(opts)

    this._duplexState |= OPENING | READ_DONE
    this._writableState = new WritableState(this, opts)

    if (opts) {
      if (opts.writev) this._writev = opts.writev
      if (opts.write) this._write = opts.write
      if (opts.final) this._final = opts.final
      if (opts.eagerOpen) this._writableState.updateNextTick()
    }
  }

  cork() {
    this._duplexState |= WRITE_CORKED
  }

  uncork() {
    this._duplexState &= WRITE_NOT_CORKED
    this._writableState.updateNextTick()
  }

  _writev(batch, cb) {
    cb(null)
  }

  _write(data, cb) {
    this._writableState.autoBatch(data, cb)
  }

  _final(cb) {
    cb(null)
  }

  static isBackpressured(ws) {
    return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0
  }

  static drained(ws) {
    if (ws.destroyed) return Promise.resolve(false)

    const state = ws._writableState
    const pending = isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length
    const writes = pending + (ws._duplexState & WRITE_WRITING ? 1 : 0)
    if (writes === 0) return Promise.resolve(true)

    if (state.drains === null) state.drains = []
    return new Promise((resolve) => {
      state.drains.push({ writes, resolve })
    })
  }

  write(data) {
    this._writableState.updateNextTick()
    return this._writableState.push(data)
  }

  end(data) {
    this._writableState.updateNextTick()
    this._writableState.end(data)
    return this
  }
}

class Duplex extends Readable {
  // and Writable
  constructor(opts) {
    super(opts)

    this._duplexState = OPENING | (this._duplexState & READ_READ_AHEAD)
    this._writableState = new WritableState(this, opts)

    if (opts) {
      if (opts.writev) this._writev = opts.writev
      if (opts.write) this._write = opts.write
      if (opts.final) this._final = opts.final
    }
  }

  cork() {
    this._duplexState |= WRITE_CORKED
  }

  uncork() {
    this._duplexState &= WRITE_NOT_CORKED
    this._writableState.updateNextTick()
  }

  _writev(batch, cb) {
    cb(null)
  }

  _write(data, cb) {
    this._writableState.autoBatch(data, cb)
  }

  _final(cb) {
    cb(null)
  }

  write(data) {
    this._writableState.updateNextTick()
    return this._writableState.push(data)
  }

  end(data) {
    this._writableState.updateNextTick()
    this._writableState.end(data)
    return this
  }
}

class Transform extends Duplex {
  constructor(opts) {
    super(opts)
    this._transformState = new TransformState(this)

    if (opts) {
      if (opts.transform) this._transform = opts.transform
      if (opts.flush) this._flush = opts.flush
    }
  }

  _write(data, cb) {
    if (this._readableState.buffered >= this._readableState.highWaterMark) {
      this._transformState.data = data
    } else {
      this._transform(data, this._transformState.afterTransform)
    }
  }

  _read(cb) {
    if (this._transformState.data !== null) {
      const data = this._transformState.data
      this._transformState.data = null
      cb(null)
      this._transform(data, this._transformState.afterTransform)
    } else {
      cb(null)
    }
  }

  destroy(err) {
    super.destroy(err)
    if (this._transformState.data !== null) {
      this._transformState.data = null
      this._transformState.afterTransform()
    }
  }

  _transform(data, cb) {
    cb(null, data)
  }

  _flush(cb) {
    cb(null)
  }

  _final(cb) {
    this._transformState.afterFinal = cb
    this._flush(transformAfterFlush.bind(this))
  }
}

class PassThrough extends Transform {}

function transformAfterFlush(err, data) {
  const cb = this._transformState.afterFinal
  if (err) return cb(err)

  if (data !== null && data !== undefined) this.push(data)
  this.push(null)
  cb(null)
}

function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    return pipeline(...streams, (err) => {
      if (err) return reject(err)
      resolve()
    })
  })
}

function pipeline(stream, ...streams) {
  const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams]
  const done = all.length && typeof all[all.length - 1] === 'function' ? all.pop() : null

  if (all.length < 2) throw StreamError.BAD_ARGUMENT('Pipeline requires at least 2 streams')

  let src = all[0]
  let dest = null
  let error = null

  for (let i = 1; i < all.length; i++) {
    dest = all[i]

    if (isStreamx(src)) {
      src.pipe(dest, onerror)
    } else {
      errorHandle(src, true, i > 1, onerror)
      src.pipe(dest)
    }

    src = dest
  }

  if (done) {
    let fin = false

    const autoDestroy =
      isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy)

    dest.on('error', (err) => {
      if (error === null) error = err
    })

    dest.on('finish', () => {
      fin = true
      if (!autoDestroy) done(error)
    })

    if (autoDestroy) {
      dest.on('close', () => done(error || (fin ? null : StreamError.PREMATURE_CLOSE())))
    }
  }

  return dest

  function errorHandle(s, rd, wr, onerror) {
    s.on('error', onerror)
    s.on('close', onclose)

    function onclose() {
      if (rd && s._readableState && !s._readableState.ended) {
        return onerror(StreamError.PREMATURE_CLOSE())
      }
      if (wr && s._writableState && !s._writableState.ended) {
        return onerror(StreamError.PREMATURE_CLOSE())
      }
    }
  }

  function onerror(err) {
    if (!err || error) return
    error = err

    for (const s of all) {
      s.destroy(err)
    }
  }
}

function echo(s) {
  return s
}

function isStream(stream) {
  return !!stream._readableState || !!stream._writableState
}

function isStreamx(stream) {
  return typeof stream._duplexState === 'number' && isStream(stream)
}

function isEnding(stream) {
  return !!stream._readableState && stream._readableState.ending
}

function isEnded(stream) {
  return !!stream._readableState && stream._readableState.ended
}

function isFinishing(stream) {
  return !!stream._writableState && stream._writableState.ending
}

function isFinished(stream) {
  return !!stream._writableState && stream._writableState.ended
}

function getStreamError(stream, opts = {}) {
  const err =
    (stream._readableState && stream._readableState.error) ||
    (stream._writableState && stream._writableState.error)

  // avoid implicit errors by default
  return !opts.all && StreamError.isStreamDestroyed(err) ? null : err
}

function isReadStreamx(stream) {
  return isStreamx(stream) && stream.readable
}

function isDisturbed(stream) {
  return (
    (stream._duplexState & OPENING) !== OPENING ||
    (stream._duplexState & DESTROYING) === DESTROYING ||
    (stream._duplexState & ACTIVE_OR_TICKING) !== 0
  )
}

function isTypedArray(data) {
  return typeof data === 'object' && data !== null && typeof data.byteLength === 'number'
}

function defaultByteLength(data) {
  return isTypedArray(data) ? data.byteLength : 1024
}

function noop() {}

function abort() {
  this.destroy(StreamError.ABORTED())
}

function isWritev(s) {
  return s._writev !== Writable.prototype._writev && s._writev !== Duplex.prototype._writev
}

module.exports = {
  pipeline,
  pipelinePromise,
  isStream,
  isStreamx,
  isEnding,
  isEnded,
  isFinishing,
  isFinished,
  isDisturbed,
  getStreamError,
  Stream,
  Writable,
  Readable,
  Duplex,
  Transform,
  // Export PassThrough for compatibility with Node.js core's stream module
  PassThrough
}


/***/ }),

/***/ 5657:
/***/ ((module) => {

module.exports = class StreamError extends Error {
  constructor(msg, code, fn = StreamError) {
    super(msg)

    this.code = code

    if (Error.captureStackTrace) {
      Error.captureStackTrace(this, fn)
    }
  }

  static isStreamDestroyed(err) {
    return err && err.code === 'STREAM_DESTROYED'
  }

  static isPrematureClose(err) {
    return err && err.code === 'PREMATURE_CLOSE'
  }

  static isAborted(err) {
    return err && err.code === 'ABORTED'
  }

  static isBadArgument(err) {
    return err && err.code === 'BAD_ARGUMENT'
  }

  get name() {
    return 'StreamError'
  }

  static STREAM_DESTROYED() {
    return new StreamError('Stream was destroyed', 'STREAM_DESTROYED', StreamError.STREAM_DESTROYED)
  }

  static PREMATURE_CLOSE(msg = 'Premature close') {
    return new StreamError(msg, 'PREMATURE_CLOSE', StreamError.PREMATURE_CLOSE)
  }

  static ABORTED() {
    return new StreamError('Stream aborted', 'ABORTED', StreamError.ABORTED)
  }

  static BAD_ARGUMENT(msg = 'Bad argument') {
    return new StreamError(msg, 'BAD_ARGUMENT', StreamError.BAD_ARGUMENT)
  }
}


/***/ }),

/***/ 775:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const constants = { // just for envs without fs
  S_IFMT: 61440,
  S_IFDIR: 16384,
  S_IFCHR: 8192,
  S_IFBLK: 24576,
  S_IFIFO: 4096,
  S_IFLNK: 40960
}

try {
  module.exports = (__nccwpck_require__(9896).constants) || constants
} catch {
  module.exports = constants
}


/***/ }),

/***/ 5763:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { Writable, Readable, getStreamError } = __nccwpck_require__(6204)
const FIFO = __nccwpck_require__(3867)
const b4a = __nccwpck_require__(3057)
const headers = __nccwpck_require__(8428)

const EMPTY = b4a.alloc(0)
const MAX_HEADER_SIZE = 4 * 1024 * 1024 // arbitrary big number

class BufferList {
  constructor () {
    this.buffered = 0
    this.shifted = 0
    this.queue = new FIFO()

    this._offset = 0
  }

  push (buffer) {
    this.buffered += buffer.byteLength
    this.queue.push(buffer)
  }

  shiftFirst (size) {
    return this.buffered === 0 ? null : this._next(size)
  }

  shift (size) {
    if (size > this.buffered) return null
    if (size === 0) return EMPTY

    let chunk = this._next(size)

    if (size === chunk.byteLength) return chunk // likely case

    const chunks = [chunk]

    while ((size -= chunk.byteLength) > 0) {
      chunk = this._next(size)
      chunks.push(chunk)
    }

    return b4a.concat(chunks)
  }

  _next (size) {
    const buf = this.queue.peek()
    const rem = buf.byteLength - this._offset

    if (size >= rem) {
      const sub = this._offset ? buf.subarray(this._offset, buf.byteLength) : buf
      this.queue.shift()
      this._offset = 0
      this.buffered -= rem
      this.shifted += rem
      return sub
    }

    this.buffered -= size
    this.shifted += size

    return buf.subarray(this._offset, (this._offset += size))
  }
}

class Source extends Readable {
  constructor (self, header, offset) {
    super()

    this.header = header
    this.offset = offset

    this._parent = self
  }

  _read (cb) {
    if (this.header.size === 0) {
      this.push(null)
    }
    if (this._parent._stream === this) {
      this._parent._update()
    }
    cb(null)
  }

  _predestroy () {
    this._parent.destroy(getStreamError(this))
  }

  _detach () {
    if (this._parent._stream === this) {
      this._parent._stream = null
      this._parent._missing = overflow(this.header.size)
      this._parent._update()
    }
  }

  _destroy (cb) {
    this._detach()
    cb(null)
  }
}

class Extract extends Writable {
  constructor (opts) {
    super(opts)

    if (!opts) opts = {}

    this._buffer = new BufferList()
    this._offset = 0
    this._header = null
    this._stream = null
    this._missing = 0
    this._longHeader = false
    this._callback = noop
    this._locked = false
    this._finished = false
    this._pax = null
    this._paxGlobal = null
    this._gnuLongPath = null
    this._gnuLongLinkPath = null
    this._filenameEncoding = opts.filenameEncoding || 'utf-8'
    this._allowUnknownFormat = !!opts.allowUnknownFormat
    this._unlockBound = this._unlock.bind(this)
  }

  _unlock (err) {
    this._locked = false

    if (err) {
      this.destroy(err)
      this._continueWrite(err)
      return
    }

    this._update()
  }

  _consumeHeader () {
    if (this._locked) return false

    this._offset = this._buffer.shifted

    try {
      this._header = headers.decode(this._buffer.shift(512), this._filenameEncoding, this._allowUnknownFormat)
    } catch (err) {
      this._continueWrite(err)
      return false
    }

    if (!this._header) return true

    this._header.byteOffset = this._buffer.shifted

    switch (this._header.type) {
      case 'gnu-long-path':
      case 'gnu-long-link-path':
      case 'pax-global-header':
      case 'pax-header':
        this._longHeader = true
        this._missing = this._header.size
        if (this._missing > MAX_HEADER_SIZE) {
          this._continueWrite(new Error('Header exceeds max size'))
          return false
        }
        return true
    }

    this._locked = true
    this._applyLongHeaders()

    if (!(this._header.size >= 0)) {
      this._continueWrite(new Error('Invalid header'))
      return false
    }

    if (this._header.size === 0 || this._header.type === 'directory') {
      this.emit('entry', this._header, this._createStream(), this._unlockBound)
      return true
    }

    this._stream = this._createStream()
    this._missing = this._header.size

    this.emit('entry', this._header, this._stream, this._unlockBound)
    return true
  }

  _applyLongHeaders () {
    if (this._gnuLongPath) {
      this._header.name = this._gnuLongPath
      this._gnuLongPath = null
    }

    if (this._gnuLongLinkPath) {
      this._header.linkname = this._gnuLongLinkPath
      this._gnuLongLinkPath = null
    }

    if (this._pax) {
      if (this._pax.path) this._header.name = this._pax.path
      if (this._pax.linkpath) this._header.linkname = this._pax.linkpath
      if (this._pax.size) this._header.size = parseInt(this._pax.size, 10)
      this._header.pax = this._pax
      this._pax = null
    }
  }

  _decodeLongHeader (buf) {
    switch (this._header.type) {
      case 'gnu-long-path':
        this._gnuLongPath = headers.decodeLongPath(buf, this._filenameEncoding)
        break
      case 'gnu-long-link-path':
        this._gnuLongLinkPath = headers.decodeLongPath(buf, this._filenameEncoding)
        break
      case 'pax-global-header':
        this._paxGlobal = headers.decodePax(buf)
        break
      case 'pax-header':
        this._pax = this._paxGlobal === null
          ? headers.decodePax(buf)
          : Object.assign({}, this._paxGlobal, headers.decodePax(buf))
        break
    }
  }

  _consumeLongHeader () {
    this._longHeader = false
    this._missing = overflow(this._header.size)

    const buf = this._buffer.shift(this._header.size)

    try {
      this._decodeLongHeader(buf)
    } catch (err) {
      this._continueWrite(err)
      return false
    }

    return true
  }

  _consumeStream () {
    const buf = this._buffer.shiftFirst(this._missing)
    if (buf === null) return false

    this._missing -= buf.byteLength
    const drained = this._stream.push(buf)

    if (this._missing === 0) {
      this._stream.push(null)
      if (drained) this._stream._detach()
      return drained && this._locked === false
    }

    return drained
  }

  _createStream () {
    return new Source(this, this._header, this._offset)
  }

  _update () {
    while (this._buffer.buffered > 0 && !this.destroying) {
      if (this._missing > 0) {
        if (this._stream !== null) {
          if (this._consumeStream() === false) return
          continue
        }

        if (this._longHeader === true) {
          if (this._missing > this._buffer.buffered) break
          if (this._consumeLongHeader() === false) return false
          continue
        }

        const ignore = this._buffer.shiftFirst(this._missing)
        if (ignore !== null) this._missing -= ignore.byteLength
        continue
      }

      if (this._buffer.buffered < 512) break
      if (this._stream !== null || this._consumeHeader() === false) return
    }

    this._continueWrite(null)
  }

  _continueWrite (err) {
    const cb = this._callback
    this._callback = noop
    cb(err)
  }

  _write (data, cb) {
    this._callback = cb
    this._buffer.push(data)
    this._update()
  }

  _final (cb) {
    this._finished = this._missing === 0 && this._buffer.buffered === 0
    cb(this._finished ? null : new Error('Unexpected end of data'))
  }

  _predestroy () {
    this._continueWrite(null)
  }

  _destroy (cb) {
    if (this._stream) this._stream.destroy(getStreamError(this))
    cb(null)
  }

  [Symbol.asyncIterator] () {
    let error = null

    let promiseResolve = null
    let promiseReject = null

    let entryStream = null
    let entryCallback = null

    const extract = this

    this.on('entry', onentry)
    this.on('error', (err) => { error = err })
    this.on('close', onclose)

    return {
      [Symbol.asyncIterator] () {
        return this
      },
      next () {
        return new Promise(onnext)
      },
      return () {
        return destroy(null)
      },
      throw (err) {
        return destroy(err)
      }
    }

    function consumeCallback (err) {
      if (!entryCallback) return
      const cb = entryCallback
      entryCallback = null
      cb(err)
    }

    function onnext (resolve, reject) {
      if (error) {
        return reject(error)
      }

      if (entryStream) {
        resolve({ value: entryStream, done: false })
        entryStream = null
        return
      }

      promiseResolve = resolve
      promiseReject = reject

      consumeCallback(null)

      if (extract._finished && promiseResolve) {
        promiseResolve({ value: undefined, done: true })
        promiseResolve = promiseReject = null
      }
    }

    function onentry (header, stream, callback) {
      entryCallback = callback
      stream.on('error', noop) // no way around this due to tick sillyness

      if (promiseResolve) {
        promiseResolve({ value: stream, done: false })
        promiseResolve = promiseReject = null
      } else {
        entryStream = stream
      }
    }

    function onclose () {
      consumeCallback(error)
      if (!promiseResolve) return
      if (error) promiseReject(error)
      else promiseResolve({ value: undefined, done: true })
      promiseResolve = promiseReject = null
    }

    function destroy (err) {
      extract.destroy(err)
      consumeCallback(err)
      return new Promise((resolve, reject) => {
        if (extract.destroyed) return resolve({ value: undefined, done: true })
        extract.once('close', function () {
          if (err) reject(err)
          else resolve({ value: undefined, done: true })
        })
      })
    }
  }
}

module.exports = function extract (opts) {
  return new Extract(opts)
}

function noop () {}

function overflow (size) {
  size &= 511
  return size && 512 - size
}


/***/ }),

/***/ 8428:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

const b4a = __nccwpck_require__(3057)

const ZEROS = '0000000000000000000'
const SEVENS = '7777777777777777777'
const ZERO_OFFSET = '0'.charCodeAt(0)
const USTAR_MAGIC = b4a.from([0x75, 0x73, 0x74, 0x61, 0x72, 0x00]) // ustar\x00
const USTAR_VER = b4a.from([ZERO_OFFSET, ZERO_OFFSET])
const GNU_MAGIC = b4a.from([0x75, 0x73, 0x74, 0x61, 0x72, 0x20]) // ustar\x20
const GNU_VER = b4a.from([0x20, 0x00])
const MASK = 0o7777
const MAGIC_OFFSET = 257
const VERSION_OFFSET = 263

exports.decodeLongPath = function decodeLongPath (buf, encoding) {
  return decodeStr(buf, 0, buf.length, encoding)
}

exports.encodePax = function encodePax (opts) { // TODO: encode more stuff in pax
  let result = ''
  if (opts.name) result += addLength(' path=' + opts.name + '\n')
  if (opts.linkname) result += addLength(' linkpath=' + opts.linkname + '\n')
  const pax = opts.pax
  if (pax) {
    for (const key in pax) {
      result += addLength(' ' + key + '=' + pax[key] + '\n')
    }
  }
  return b4a.from(result)
}

exports.decodePax = function decodePax (buf) {
  const result = {}

  while (buf.length) {
    let i = 0
    while (i < buf.length && buf[i] !== 32) i++
    const len = parseInt(b4a.toString(buf.subarray(0, i)), 10)
    if (!len) return result

    const b = b4a.toString(buf.subarray(i + 1, len - 1))
    const keyIndex = b.indexOf('=')
    if (keyIndex === -1) return result
    result[b.slice(0, keyIndex)] = b.slice(keyIndex + 1)

    buf = buf.subarray(len)
  }

  return result
}

exports.encode = function encode (opts) {
  const buf = b4a.alloc(512)
  let name = opts.name
  let prefix = ''

  if (opts.typeflag === 5 && name[name.length - 1] !== '/') name += '/'
  if (b4a.byteLength(name) !== name.length) return null // utf-8

  while (b4a.byteLength(name) > 100) {
    const i = name.indexOf('/')
    if (i === -1) return null
    prefix += prefix ? '/' + name.slice(0, i) : name.slice(0, i)
    name = name.slice(i + 1)
  }

  if (b4a.byteLength(name) > 100 || b4a.byteLength(prefix) > 155) return null
  if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null

  b4a.write(buf, name)
  b4a.write(buf, encodeOct(opts.mode & MASK, 6), 100)
  b4a.write(buf, encodeOct(opts.uid, 6), 108)
  b4a.write(buf, encodeOct(opts.gid, 6), 116)
  encodeSize(opts.size, buf, 124)
  b4a.write(buf, encodeOct((opts.mtime.getTime() / 1000) | 0, 11), 136)

  buf[156] = ZERO_OFFSET + toTypeflag(opts.type)

  if (opts.linkname) b4a.write(buf, opts.linkname, 157)

  b4a.copy(USTAR_MAGIC, buf, MAGIC_OFFSET)
  b4a.copy(USTAR_VER, buf, VERSION_OFFSET)
  if (opts.uname) b4a.write(buf, opts.uname, 265)
  if (opts.gname) b4a.write(buf, opts.gname, 297)
  b4a.write(buf, encodeOct(opts.devmajor || 0, 6), 329)
  b4a.write(buf, encodeOct(opts.devminor || 0, 6), 337)

  if (prefix) b4a.write(buf, prefix, 345)

  b4a.write(buf, encodeOct(cksum(buf), 6), 148)

  return buf
}

exports.decode = function decode (buf, filenameEncoding, allowUnknownFormat) {
  let typeflag = buf[156] === 0 ? 0 : buf[156] - ZERO_OFFSET

  let name = decodeStr(buf, 0, 100, filenameEncoding)
  const mode = decodeOct(buf, 100, 8)
  const uid = decodeOct(buf, 108, 8)
  const gid = decodeOct(buf, 116, 8)
  const size = decodeOct(buf, 124, 12)
  const mtime = decodeOct(buf, 136, 12)
  const type = toType(typeflag)
  const linkname = buf[157] === 0 ? null : decodeStr(buf, 157, 100, filenameEncoding)
  const uname = decodeStr(buf, 265, 32)
  const gname = decodeStr(buf, 297, 32)
  const devmajor = decodeOct(buf, 329, 8)
  const devminor = decodeOct(buf, 337, 8)

  const c = cksum(buf)

  // checksum is still initial value if header was null.
  if (c === 8 * 32) return null

  // valid checksum
  if (c !== decodeOct(buf, 148, 8)) throw new Error('Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?')

  if (isUSTAR(buf)) {
    // ustar (posix) format.
    // prepend prefix, if present.
    if (buf[345]) name = decodeStr(buf, 345, 155, filenameEncoding) + '/' + name
  } else if (isGNU(buf)) {
    // 'gnu'/'oldgnu' format. Similar to ustar, but has support for incremental and
    // multi-volume tarballs.
  } else {
    if (!allowUnknownFormat) {
      throw new Error('Invalid tar header: unknown format.')
    }
  }

  // to support old tar versions that use trailing / to indicate dirs
  if (typeflag === 0 && name && name[name.length - 1] === '/') typeflag = 5

  return {
    name,
    mode,
    uid,
    gid,
    size,
    byteOffset: 0,
    mtime: new Date(1000 * mtime),
    type,
    linkname,
    uname,
    gname,
    devmajor,
    devminor,
    pax: null
  }
}

function isUSTAR (buf) {
  return b4a.equals(USTAR_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6))
}

function isGNU (buf) {
  return b4a.equals(GNU_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6)) &&
    b4a.equals(GNU_VER, buf.subarray(VERSION_OFFSET, VERSION_OFFSET + 2))
}

function clamp (index, len, defaultValue) {
  if (typeof index !== 'number') return defaultValue
  index = ~~index // Coerce to integer.
  if (index >= len) return len
  if (index >= 0) return index
  index += len
  if (index >= 0) return index
  return 0
}

function toType (flag) {
  switch (flag) {
    case 0:
      return 'file'
    case 1:
      return 'link'
    case 2:
      return 'symlink'
    case 3:
      return 'character-device'
    case 4:
      return 'block-device'
    case 5:
      return 'directory'
    case 6:
      return 'fifo'
    case 7:
      return 'contiguous-file'
    case 72:
      return 'pax-header'
    case 55:
      return 'pax-global-header'
    case 27:
      return 'gnu-long-link-path'
    case 28:
    case 30:
      return 'gnu-long-path'
  }

  return null
}

function toTypeflag (flag) {
  switch (flag) {
    case 'file':
      return 0
    case 'link':
      return 1
    case 'symlink':
      return 2
    case 'character-device':
      return 3
    case 'block-device':
      return 4
    case 'directory':
      return 5
    case 'fifo':
      return 6
    case 'contiguous-file':
      return 7
    case 'pax-header':
      return 72
  }

  return 0
}

function indexOf (block, num, offset, end) {
  for (; offset < end; offset++) {
    if (block[offset] === num) return offset
  }
  return end
}

function cksum (block) {
  let sum = 8 * 32
  for (let i = 0; i < 148; i++) sum += block[i]
  for (let j = 156; j < 512; j++) sum += block[j]
  return sum
}

function encodeOct (val, n) {
  val = val.toString(8)
  if (val.length > n) return SEVENS.slice(0, n) + ' '
  return ZEROS.slice(0, n - val.length) + val + ' '
}

function encodeSizeBin (num, buf, off) {
  buf[off] = 0x80
  for (let i = 11; i > 0; i--) {
    buf[off + i] = num & 0xff
    num = Math.floor(num / 0x100)
  }
}

function encodeSize (num, buf, off) {
  if (num.toString(8).length > 11) {
    encodeSizeBin(num, buf, off)
  } else {
    b4a.write(buf, encodeOct(num, 11), off)
  }
}

/* Copied from the node-tar repo and modified to meet
 * tar-stream coding standard.
 *
 * Source: https://github.com/npm/node-tar/blob/51b6627a1f357d2eb433e7378e5f05e83b7aa6cd/lib/header.js#L349
 */
function parse256 (buf) {
  // first byte MUST be either 80 or FF
  // 80 for positive, FF for 2's comp
  let positive
  if (buf[0] === 0x80) positive = true
  else if (buf[0] === 0xFF) positive = false
  else return null

  // build up a base-256 tuple from the least sig to the highest
  const tuple = []
  let i
  for (i = buf.length - 1; i > 0; i--) {
    const byte = buf[i]
    if (positive) tuple.push(byte)
    else tuple.push(0xFF - byte)
  }

  let sum = 0
  const l = tuple.length
  for (i = 0; i < l; i++) {
    sum += tuple[i] * Math.pow(256, i)
  }

  return positive ? sum : -1 * sum
}

function decodeOct (val, offset, length) {
  val = val.subarray(offset, offset + length)
  offset = 0

  // If prefixed with 0x80 then parse as a base-256 integer
  if (val[offset] & 0x80) {
    return parse256(val)
  } else {
    // Older versions of tar can prefix with spaces
    while (offset < val.length && val[offset] === 32) offset++
    const end = clamp(indexOf(val, 32, offset, val.length), val.length, val.length)
    while (offset < end && val[offset] === 0) offset++
    if (end === offset) return 0
    return parseInt(b4a.toString(val.subarray(offset, end)), 8)
  }
}

function decodeStr (val, offset, length, encoding) {
  return b4a.toString(val.subarray(offset, indexOf(val, 0, offset, offset + length)), encoding)
}

function addLength (str) {
  const len = b4a.byteLength(str)
  let digits = Math.floor(Math.log(len) / Math.log(10)) + 1
  if (len + digits >= Math.pow(10, digits)) digits++

  return (len + digits) + str
}


/***/ }),

/***/ 6118:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

exports.extract = __nccwpck_require__(5763)
/* unused reexport */ __nccwpck_require__(861)


/***/ }),

/***/ 861:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { Readable, Writable, getStreamError } = __nccwpck_require__(6204)
const b4a = __nccwpck_require__(3057)

const constants = __nccwpck_require__(775)
const headers = __nccwpck_require__(8428)

const DMODE = 0o755
const FMODE = 0o644

const END_OF_TAR = b4a.alloc(1024)

class Sink extends Writable {
  constructor (pack, header, callback) {
    super({ mapWritable, eagerOpen: true })

    this.written = 0
    this.header = header

    this._callback = callback
    this._linkname = null
    this._isLinkname = header.type === 'symlink' && !header.linkname
    this._isVoid = header.type !== 'file' && header.type !== 'contiguous-file'
    this._finished = false
    this._pack = pack
    this._openCallback = null

    if (this._pack._stream === null) this._pack._stream = this
    else this._pack._pending.push(this)
  }

  _open (cb) {
    this._openCallback = cb
    if (this._pack._stream === this) this._continueOpen()
  }

  _continuePack (err) {
    if (this._callback === null) return

    const callback = this._callback
    this._callback = null

    callback(err)
  }

  _continueOpen () {
    if (this._pack._stream === null) this._pack._stream = this

    const cb = this._openCallback
    this._openCallback = null
    if (cb === null) return

    if (this._pack.destroying) return cb(new Error('pack stream destroyed'))
    if (this._pack._finalized) return cb(new Error('pack stream is already finalized'))

    this._pack._stream = this

    if (!this._isLinkname) {
      this._pack._encode(this.header)
    }

    if (this._isVoid) {
      this._finish()
      this._continuePack(null)
    }

    cb(null)
  }

  _write (data, cb) {
    if (this._isLinkname) {
      this._linkname = this._linkname ? b4a.concat([this._linkname, data]) : data
      return cb(null)
    }

    if (this._isVoid) {
      if (data.byteLength > 0) {
        return cb(new Error('No body allowed for this entry'))
      }
      return cb()
    }

    this.written += data.byteLength
    if (this._pack.push(data)) return cb()
    this._pack._drain = cb
  }

  _finish () {
    if (this._finished) return
    this._finished = true

    if (this._isLinkname) {
      this.header.linkname = this._linkname ? b4a.toString(this._linkname, 'utf-8') : ''
      this._pack._encode(this.header)
    }

    overflow(this._pack, this.header.size)

    this._pack._done(this)
  }

  _final (cb) {
    if (this.written !== this.header.size) { // corrupting tar
      return cb(new Error('Size mismatch'))
    }

    this._finish()
    cb(null)
  }

  _getError () {
    return getStreamError(this) || new Error('tar entry destroyed')
  }

  _predestroy () {
    this._pack.destroy(this._getError())
  }

  _destroy (cb) {
    this._pack._done(this)

    this._continuePack(this._finished ? null : this._getError())

    cb()
  }
}

class Pack extends Readable {
  constructor (opts) {
    super(opts)
    this._drain = noop
    this._finalized = false
    this._finalizing = false
    this._pending = []
    this._stream = null
  }

  entry (header, buffer, callback) {
    if (this._finalized || this.destroying) throw new Error('already finalized or destroyed')

    if (typeof buffer === 'function') {
      callback = buffer
      buffer = null
    }

    if (!callback) callback = noop

    if (!header.size || header.type === 'symlink') header.size = 0
    if (!header.type) header.type = modeToType(header.mode)
    if (!header.mode) header.mode = header.type === 'directory' ? DMODE : FMODE
    if (!header.uid) header.uid = 0
    if (!header.gid) header.gid = 0
    if (!header.mtime) header.mtime = new Date()

    if (typeof buffer === 'string') buffer = b4a.from(buffer)

    const sink = new Sink(this, header, callback)

    if (b4a.isBuffer(buffer)) {
      header.size = buffer.byteLength
      sink.write(buffer)
      sink.end()
      return sink
    }

    if (sink._isVoid) {
      return sink
    }

    return sink
  }

  finalize () {
    if (this._stream || this._pending.length > 0) {
      this._finalizing = true
      return
    }

    if (this._finalized) return
    this._finalized = true

    this.push(END_OF_TAR)
    this.push(null)
  }

  _done (stream) {
    if (stream !== this._stream) return

    this._stream = null

    if (this._finalizing) this.finalize()
    if (this._pending.length) this._pending.shift()._continueOpen()
  }

  _encode (header) {
    if (!header.pax) {
      const buf = headers.encode(header)
      if (buf) {
        this.push(buf)
        return
      }
    }
    this._encodePax(header)
  }

  _encodePax (header) {
    const paxHeader = headers.encodePax({
      name: header.name,
      linkname: header.linkname,
      pax: header.pax
    })

    const newHeader = {
      name: 'PaxHeader',
      mode: header.mode,
      uid: header.uid,
      gid: header.gid,
      size: paxHeader.byteLength,
      mtime: header.mtime,
      type: 'pax-header',
      linkname: header.linkname && 'PaxHeader',
      uname: header.uname,
      gname: header.gname,
      devmajor: header.devmajor,
      devminor: header.devminor
    }

    this.push(headers.encode(newHeader))
    this.push(paxHeader)
    overflow(this, paxHeader.byteLength)

    newHeader.size = header.size
    newHeader.type = header.type
    this.push(headers.encode(newHeader))
  }

  _doDrain () {
    const drain = this._drain
    this._drain = noop
    drain()
  }

  _predestroy () {
    const err = getStreamError(this)

    if (this._stream) this._stream.destroy(err)

    while (this._pending.length) {
      const stream = this._pending.shift()
      stream.destroy(err)
      stream._continueOpen()
    }

    this._doDrain()
  }

  _read (cb) {
    this._doDrain()
    cb()
  }
}

module.exports = function pack (opts) {
  return new Pack(opts)
}

function modeToType (mode) {
  switch (mode & constants.S_IFMT) {
    case constants.S_IFBLK: return 'block-device'
    case constants.S_IFCHR: return 'character-device'
    case constants.S_IFDIR: return 'directory'
    case constants.S_IFIFO: return 'fifo'
    case constants.S_IFLNK: return 'symlink'
  }

  return 'file'
}

function noop () {}

function overflow (self, size) {
  size &= 511
  if (size) self.push(END_OF_TAR.subarray(0, 512 - size))
}

function mapWritable (buf) {
  return b4a.isBuffer(buf) ? buf : b4a.from(buf)
}


/***/ }),

/***/ 7934:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const PassThroughDecoder = __nccwpck_require__(7256)
const UTF8Decoder = __nccwpck_require__(6414)

module.exports = class TextDecoder {
  constructor(encoding = 'utf8') {
    this.encoding = normalizeEncoding(encoding)

    switch (this.encoding) {
      case 'utf8':
        this.decoder = new UTF8Decoder()
        break
      case 'utf16le':
      case 'base64':
        throw new Error('Unsupported encoding: ' + this.encoding)
      default:
        this.decoder = new PassThroughDecoder(this.encoding)
    }
  }

  get remaining() {
    return this.decoder.remaining
  }

  push(data) {
    if (typeof data === 'string') return data
    return this.decoder.decode(data)
  }

  // For Node.js compatibility
  write(data) {
    return this.push(data)
  }

  end(data) {
    let result = ''
    if (data) result = this.push(data)
    result += this.decoder.flush()
    return result
  }
}

function normalizeEncoding(encoding) {
  encoding = encoding.toLowerCase()

  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return 'utf8'
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return 'utf16le'
    case 'latin1':
    case 'binary':
      return 'latin1'
    case 'base64':
    case 'ascii':
    case 'hex':
      return encoding
    default:
      throw new Error('Unknown encoding: ' + encoding)
  }
}


/***/ }),

/***/ 7256:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const b4a = __nccwpck_require__(3057)

module.exports = class PassThroughDecoder {
  constructor(encoding) {
    this.encoding = encoding
  }

  get remaining() {
    return 0
  }

  decode(data) {
    return b4a.toString(data, this.encoding)
  }

  flush() {
    return ''
  }
}


/***/ }),

/***/ 6414:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const b4a = __nccwpck_require__(3057)

/**
 * https://encoding.spec.whatwg.org/#utf-8-decoder
 */
module.exports = class UTF8Decoder {
  constructor() {
    this._reset()
  }

  get remaining() {
    return this.bytesSeen
  }

  decode(data) {
    if (data.byteLength === 0) return ''

    if (this.bytesNeeded === 0 && trailingIncomplete(data, 0) === 0) {
      this.bytesSeen = trailingBytesSeen(data)
      return b4a.toString(data, 'utf8')
    }

    let result = ''
    let start = 0

    if (this.bytesNeeded > 0) {
      while (start < data.byteLength) {
        const byte = data[start]

        if (byte < this.lowerBoundary || byte > this.upperBoundary) {
          result += '\ufffd'
          this._reset()
          break
        }

        this.lowerBoundary = 0x80
        this.upperBoundary = 0xbf
        this.codePoint = (this.codePoint << 6) | (byte & 0x3f)
        this.bytesSeen++
        start++

        if (this.bytesSeen === this.bytesNeeded) {
          result += String.fromCodePoint(this.codePoint)
          this._reset()
          break
        }
      }

      if (this.bytesNeeded > 0) return result
    }

    const trailing = trailingIncomplete(data, start)
    const end = data.byteLength - trailing

    if (end > start) result += b4a.toString(data, 'utf8', start, end)

    for (let i = end; i < data.byteLength; i++) {
      const byte = data[i]

      if (this.bytesNeeded === 0) {
        if (byte <= 0x7f) {
          this.bytesSeen = 0
          result += String.fromCharCode(byte)
        } else if (byte >= 0xc2 && byte <= 0xdf) {
          this.bytesNeeded = 2
          this.bytesSeen = 1
          this.codePoint = byte & 0x1f
        } else if (byte >= 0xe0 && byte <= 0xef) {
          if (byte === 0xe0) this.lowerBoundary = 0xa0
          else if (byte === 0xed) this.upperBoundary = 0x9f
          this.bytesNeeded = 3
          this.bytesSeen = 1
          this.codePoint = byte & 0xf
        } else if (byte >= 0xf0 && byte <= 0xf4) {
          if (byte === 0xf0) this.lowerBoundary = 0x90
          else if (byte === 0xf4) this.upperBoundary = 0x8f
          this.bytesNeeded = 4
          this.bytesSeen = 1
          this.codePoint = byte & 0x7
        } else {
          this.bytesSeen = 1
          result += '\ufffd'
        }

        continue
      }

      if (byte < this.lowerBoundary || byte > this.upperBoundary) {
        result += '\ufffd'
        i--
        this._reset()

        continue
      }

      this.lowerBoundary = 0x80
      this.upperBoundary = 0xbf

      this.codePoint = (this.codePoint << 6) | (byte & 0x3f)
      this.bytesSeen++

      if (this.bytesSeen === this.bytesNeeded) {
        result += String.fromCodePoint(this.codePoint)
        this._reset()
      }
    }

    return result
  }

  flush() {
    const result = this.bytesNeeded > 0 ? '\ufffd' : ''
    this._reset()
    return result
  }

  _reset() {
    this.codePoint = 0
    this.bytesNeeded = 0
    this.bytesSeen = 0
    this.lowerBoundary = 0x80
    this.upperBoundary = 0xbf
  }
}

function trailingIncomplete(data, start) {
  const len = data.byteLength
  if (len <= start) return 0

  const limit = Math.max(start, len - 4)

  let i = len - 1
  while (i > limit && (data[i] & 0xc0) === 0x80) i--

  if (i < start) return 0

  const byte = data[i]

  let needed
  if (byte <= 0x7f) return 0
  if (byte >= 0xc2 && byte <= 0xdf) needed = 2
  else if (byte >= 0xe0 && byte <= 0xef) needed = 3
  else if (byte >= 0xf0 && byte <= 0xf4) needed = 4
  else return 0

  const available = len - i
  return available < needed ? available : 0
}

function trailingBytesSeen(data) {
  const len = data.byteLength
  if (len === 0) return 0

  const last = data[len - 1]

  if (last <= 0x7f) return 0
  if ((last & 0xc0) !== 0x80) return 1

  const limit = Math.max(0, len - 4)

  let i = len - 2
  while (i >= limit && (data[i] & 0xc0) === 0x80) i--

  if (i < 0) return 1

  const first = data[i]

  let needed
  if (first >= 0xc2 && first <= 0xdf) needed = 2
  else if (first >= 0xe0 && first <= 0xef) needed = 3
  else if (first >= 0xf0 && first <= 0xf4) needed = 4
  else return 1

  if (len - i !== needed) return 1

  if (needed >= 3) {
    const second = data[i + 1]
    if (first === 0xe0 && second < 0xa0) return 1
    if (first === 0xed && second > 0x9f) return 1
    if (first === 0xf0 && second < 0x90) return 1
    if (first === 0xf4 && second > 0x8f) return 1
  }

  return 0
}


/***/ }),

/***/ 4248:
/***/ ((module) => {

// Adapted from https://github.com/brianloveswords/buffer-crc32/blob/v0.2.13/index.js
const CRC_TABLE = new Int32Array([
  0x00000000, 0x77073096, 0xee0e612c, 0x990951ba, 0x076dc419, 0x706af48f, 0xe963a535, 0x9e6495a3,
  0x0edb8832, 0x79dcb8a4, 0xe0d5e91e, 0x97d2d988, 0x09b64c2b, 0x7eb17cbd, 0xe7b82d07, 0x90bf1d91,
  0x1db71064, 0x6ab020f2, 0xf3b97148, 0x84be41de, 0x1adad47d, 0x6ddde4eb, 0xf4d4b551, 0x83d385c7,
  0x136c9856, 0x646ba8c0, 0xfd62f97a, 0x8a65c9ec, 0x14015c4f, 0x63066cd9, 0xfa0f3d63, 0x8d080df5,
  0x3b6e20c8, 0x4c69105e, 0xd56041e4, 0xa2677172, 0x3c03e4d1, 0x4b04d447, 0xd20d85fd, 0xa50ab56b,
  0x35b5a8fa, 0x42b2986c, 0xdbbbc9d6, 0xacbcf940, 0x32d86ce3, 0x45df5c75, 0xdcd60dcf, 0xabd13d59,
  0x26d930ac, 0x51de003a, 0xc8d75180, 0xbfd06116, 0x21b4f4b5, 0x56b3c423, 0xcfba9599, 0xb8bda50f,
  0x2802b89e, 0x5f058808, 0xc60cd9b2, 0xb10be924, 0x2f6f7c87, 0x58684c11, 0xc1611dab, 0xb6662d3d,
  0x76dc4190, 0x01db7106, 0x98d220bc, 0xefd5102a, 0x71b18589, 0x06b6b51f, 0x9fbfe4a5, 0xe8b8d433,
  0x7807c9a2, 0x0f00f934, 0x9609a88e, 0xe10e9818, 0x7f6a0dbb, 0x086d3d2d, 0x91646c97, 0xe6635c01,
  0x6b6b51f4, 0x1c6c6162, 0x856530d8, 0xf262004e, 0x6c0695ed, 0x1b01a57b, 0x8208f4c1, 0xf50fc457,
  0x65b0d9c6, 0x12b7e950, 0x8bbeb8ea, 0xfcb9887c, 0x62dd1ddf, 0x15da2d49, 0x8cd37cf3, 0xfbd44c65,
  0x4db26158, 0x3ab551ce, 0xa3bc0074, 0xd4bb30e2, 0x4adfa541, 0x3dd895d7, 0xa4d1c46d, 0xd3d6f4fb,
  0x4369e96a, 0x346ed9fc, 0xad678846, 0xda60b8d0, 0x44042d73, 0x33031de5, 0xaa0a4c5f, 0xdd0d7cc9,
  0x5005713c, 0x270241aa, 0xbe0b1010, 0xc90c2086, 0x5768b525, 0x206f85b3, 0xb966d409, 0xce61e49f,
  0x5edef90e, 0x29d9c998, 0xb0d09822, 0xc7d7a8b4, 0x59b33d17, 0x2eb40d81, 0xb7bd5c3b, 0xc0ba6cad,
  0xedb88320, 0x9abfb3b6, 0x03b6e20c, 0x74b1d29a, 0xead54739, 0x9dd277af, 0x04db2615, 0x73dc1683,
  0xe3630b12, 0x94643b84, 0x0d6d6a3e, 0x7a6a5aa8, 0xe40ecf0b, 0x9309ff9d, 0x0a00ae27, 0x7d079eb1,
  0xf00f9344, 0x8708a3d2, 0x1e01f268, 0x6906c2fe, 0xf762575d, 0x806567cb, 0x196c3671, 0x6e6b06e7,
  0xfed41b76, 0x89d32be0, 0x10da7a5a, 0x67dd4acc, 0xf9b9df6f, 0x8ebeeff9, 0x17b7be43, 0x60b08ed5,
  0xd6d6a3e8, 0xa1d1937e, 0x38d8c2c4, 0x4fdff252, 0xd1bb67f1, 0xa6bc5767, 0x3fb506dd, 0x48b2364b,
  0xd80d2bda, 0xaf0a1b4c, 0x36034af6, 0x41047a60, 0xdf60efc3, 0xa867df55, 0x316e8eef, 0x4669be79,
  0xcb61b38c, 0xbc66831a, 0x256fd2a0, 0x5268e236, 0xcc0c7795, 0xbb0b4703, 0x220216b9, 0x5505262f,
  0xc5ba3bbe, 0xb2bd0b28, 0x2bb45a92, 0x5cb36a04, 0xc2d7ffa7, 0xb5d0cf31, 0x2cd99e8b, 0x5bdeae1d,
  0x9b64c2b0, 0xec63f226, 0x756aa39c, 0x026d930a, 0x9c0906a9, 0xeb0e363f, 0x72076785, 0x05005713,
  0x95bf4a82, 0xe2b87a14, 0x7bb12bae, 0x0cb61b38, 0x92d28e9b, 0xe5d5be0d, 0x7cdcefb7, 0x0bdbdf21,
  0x86d3d2d4, 0xf1d4e242, 0x68ddb3f8, 0x1fda836e, 0x81be16cd, 0xf6b9265b, 0x6fb077e1, 0x18b74777,
  0x88085ae6, 0xff0f6a70, 0x66063bca, 0x11010b5c, 0x8f659eff, 0xf862ae69, 0x616bffd3, 0x166ccf45,
  0xa00ae278, 0xd70dd2ee, 0x4e048354, 0x3903b3c2, 0xa7672661, 0xd06016f7, 0x4969474d, 0x3e6e77db,
  0xaed16a4a, 0xd9d65adc, 0x40df0b66, 0x37d83bf0, 0xa9bcae53, 0xdebb9ec5, 0x47b2cf7f, 0x30b5ffe9,
  0xbdbdf21c, 0xcabac28a, 0x53b39330, 0x24b4a3a6, 0xbad03605, 0xcdd70693, 0x54de5729, 0x23d967bf,
  0xb3667a2e, 0xc4614ab8, 0x5d681b02, 0x2a6f2b94, 0xb40bbe37, 0xc30c8ea1, 0x5a05df1b, 0x2d02ef8d,
]);

function crc32(buf) {
  let crc = -1;
  for (let x of buf) {
    crc = CRC_TABLE[(crc ^ x) & 0xff] ^ (crc >>> 8);
  }
  return (crc ^ -1) >>> 0;
}

module.exports = crc32;


/***/ }),

/***/ 3502:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

// This was adapted from https://github.com/andrewrk/node-fd-slicer by Andrew Kelley under the MIT License.
var fs = __nccwpck_require__(9896);
var util = __nccwpck_require__(9023);
var stream = __nccwpck_require__(2203);
var Readable = stream.Readable;
var PassThrough = stream.PassThrough;
var Pend = __nccwpck_require__(3313);
var EventEmitter = (__nccwpck_require__(4434).EventEmitter);

exports.BufferSlicer = BufferSlicer;
exports.FdSlicer = FdSlicer;

util.inherits(FdSlicer, EventEmitter);
function FdSlicer(fd) {
  EventEmitter.call(this);

  this.fd = fd;
  this.pend = new Pend();
  this.pend.max = 1;
  this.refCount = 0;
}

FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
  var self = this;
  self.pend.go(function(cb) {
    fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
      cb();
      callback(err, bytesRead, buffer);
    });
  });
};

FdSlicer.prototype.createReadStream = function(options) {
  return new ReadStream(this, options);
};

FdSlicer.prototype.ref = function() {
  this.refCount += 1;
};

FdSlicer.prototype.unref = function() {
  var self = this;
  self.refCount -= 1;
  if (self.refCount < 0) throw new Error("invalid unref");
  if (self.refCount > 0) return;

  fs.close(self.fd, onCloseDone);

  function onCloseDone(err) {
    if (err) {
      self.emit('error', err);
    } else {
      self.emit('close');
    }
  }
};

util.inherits(ReadStream, Readable);
function ReadStream(context, options) {
  options = options || {};
  Readable.call(this, options);

  this.context = context;
  this.context.ref();

  this.start = options.start || 0;
  this.endOffset = options.end;
  this.pos = this.start;
}

ReadStream.prototype._read = function(n) {
  var self = this;

  var toRead = Math.min(self._readableState.highWaterMark, n);
  if (self.endOffset != null) {
    toRead = Math.min(toRead, self.endOffset - self.pos);
  }
  if (toRead <= 0) {
    self.push(null);
    this._cleanup();
    return;
  }
  self.context.pend.go(function(cb) {
    var buffer = Buffer.allocUnsafe(toRead);
    fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
      if (err) {
        self.destroy(err);
      } else if (bytesRead === 0) {
        self.push(null);
        self._cleanup();
      } else {
        self.pos += bytesRead;
        self.push(buffer.slice(0, bytesRead));
      }
      cb();
    });
  });
};

ReadStream.prototype._destroy = function(err, cb) {
  // Node 14+ calls this automatically at EOF.
  this._cleanup();
  cb(err);
};

ReadStream.prototype._cleanup = function() {
  if (this.context != null) {
    this.context.unref();
    this.context = null;
  }
};

util.inherits(BufferSlicer, EventEmitter);
function BufferSlicer(buffer) {
  EventEmitter.call(this);

  this.refCount = 0;
  this.buffer = buffer;
}

BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
  if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
  if (position < 0) throw new RangeError("position is negative: " + position);
  if (offset + length > buffer.length) {
    // The caller's buffer can't hold all the bytes they're trying to read.
    // Clamp the length instead of giving an error.
    // The callback will be informed of fewer than expected bytes written.
    length = buffer.length - offset;
  }
  if (position + length > this.buffer.length) {
    // Clamp any attempt to read past the end of the source buffer.
    length = this.buffer.length - position;
  }
  if (length <= 0) {
    // After any clamping, we're fully out of bounds or otherwise have nothing to do.
    // This isn't an error; it's just zero bytes written.
    setImmediate(function() {
      callback(null, 0);
    });
    return;
  }
  this.buffer.copy(buffer, offset, position, position + length);
  setImmediate(function() {
    callback(null, length);
  });
};

BufferSlicer.prototype.createReadStream = function(options) {
  options = options || {};
  var readStream = new PassThrough(options);
  readStream.start = options.start || 0;
  readStream.endOffset = options.end;
  // by the time this function returns, we'll be done.
  readStream.pos = readStream.endOffset || this.buffer.length;

  var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
  // Cut the buffer into smaller slices for better memory usage when streaming into a zlib inflate stream.
  // See https://github.com/thejoshwolfe/yauzl/issues/87
  var maxChunkSize = 0x10000;
  var offset = 0;
  while (true) {
    var nextOffset = offset + maxChunkSize;
    if (nextOffset >= entireSlice.length) {
      // last chunk
      if (offset < entireSlice.length) {
        readStream.write(entireSlice.slice(offset, entireSlice.length));
      }
      break;
    }
    readStream.write(entireSlice.slice(offset, nextOffset));
    offset = nextOffset;
  }

  readStream.end();
  return readStream;
};

BufferSlicer.prototype.ref = function() {
  this.refCount += 1;
};

BufferSlicer.prototype.unref = function() {
  this.refCount -= 1;

  if (this.refCount < 0) {
    throw new Error("invalid unref");
  }
};


/***/ }),

/***/ 663:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;
var fs = __nccwpck_require__(9896);
var zlib = __nccwpck_require__(3106);
var fd_slicer = __nccwpck_require__(3502);
var util = __nccwpck_require__(9023);
var EventEmitter = (__nccwpck_require__(4434).EventEmitter);
var Transform = (__nccwpck_require__(2203).Transform);
var PassThrough = (__nccwpck_require__(2203).PassThrough);
var Writable = (__nccwpck_require__(2203).Writable);

// Node 20 added zlib.crc32.
const crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : __nccwpck_require__(4248);

__webpack_unused_export__ = open;
__webpack_unused_export__ = fromFd;
exports.vY = fromBuffer;
__webpack_unused_export__ = fromRandomAccessReader;
__webpack_unused_export__ = openPromise;
__webpack_unused_export__ = fromFdPromise;
__webpack_unused_export__ = fromBufferPromise;
__webpack_unused_export__ = fromRandomAccessReaderPromise;

__webpack_unused_export__ = dosDateTimeToDate;
__webpack_unused_export__ = getFileNameLowLevel;
__webpack_unused_export__ = validateFileName;
__webpack_unused_export__ = parseExtraFields;
__webpack_unused_export__ = ZipFile;
__webpack_unused_export__ = Entry;
__webpack_unused_export__ = LocalFileHeader;
__webpack_unused_export__ = RandomAccessReader;

function openPromise(path, options) {
  return new Promise((resolve, reject) => {
    open(path, {...options, lazyEntries: true}, function(err, zipfile) {
      if (err) return reject(err);
      resolve(zipfile);
    });
  });
}
function fromFdPromise(fd, options) {
  return new Promise((resolve, reject) => {
    fromFd(fd, {...options, lazyEntries: true}, function(err, zipfile) {
      if (err) return reject(err);
      resolve(zipfile);
    });
  });
}
function fromBufferPromise(buffer, options) {
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, {...options, lazyEntries: true}, function(err, zipfile) {
      if (err) return reject(err);
      resolve(zipfile);
    });
  });
}
function fromRandomAccessReaderPromise(reader, totalSize, options) {
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, totalSize, {...options, lazyEntries: true}, function(err, zipfile) {
      if (err) return reject(err);
      resolve(zipfile);
    });
  });
}

function open(path, options, callback) {
  if (typeof options === "function") {
    callback = options;
    options = null;
  }
  if (options == null) options = {};
  if (options.autoClose == null) options.autoClose = true;
  if (options.lazyEntries == null) options.lazyEntries = false;
  if (options.decodeStrings == null) options.decodeStrings = true;
  if (options.validateEntrySizes == null) options.validateEntrySizes = true;
  if (options.strictFileNames == null) options.strictFileNames = false;
  if (callback == null) callback = defaultCallback;
  fs.open(path, "r", function(err, fd) {
    if (err) return callback(err);
    fromFd(fd, options, function(err, zipfile) {
      if (err) fs.close(fd, defaultCallback);
      callback(err, zipfile);
    });
  });
}

function fromFd(fd, options, callback) {
  if (typeof options === "function") {
    callback = options;
    options = null;
  }
  if (options == null) options = {};
  if (options.autoClose == null) options.autoClose = false;
  if (options.lazyEntries == null) options.lazyEntries = false;
  if (options.decodeStrings == null) options.decodeStrings = true;
  if (options.validateEntrySizes == null) options.validateEntrySizes = true;
  if (options.strictFileNames == null) options.strictFileNames = false;
  if (callback == null) callback = defaultCallback;
  fs.fstat(fd, function(err, stats) {
    if (err) return callback(err);
    var reader = new fd_slicer.FdSlicer(fd);
    fromRandomAccessReader(reader, stats.size, options, callback);
  });
}

function fromBuffer(buffer, options, callback) {
  if (typeof options === "function") {
    callback = options;
    options = null;
  }
  if (options == null) options = {};
  options.autoClose = false;
  if (options.lazyEntries == null) options.lazyEntries = false;
  if (options.decodeStrings == null) options.decodeStrings = true;
  if (options.validateEntrySizes == null) options.validateEntrySizes = true;
  if (options.strictFileNames == null) options.strictFileNames = false;
  var reader = new fd_slicer.BufferSlicer(buffer);
  fromRandomAccessReader(reader, buffer.length, options, callback);
}

function fromRandomAccessReader(reader, totalSize, options, callback) {
  if (typeof options === "function") {
    callback = options;
    options = null;
  }
  if (options == null) options = {};
  if (options.autoClose == null) options.autoClose = true;
  if (options.lazyEntries == null) options.lazyEntries = false;
  if (options.decodeStrings == null) options.decodeStrings = true;
  var decodeStrings = !!options.decodeStrings;
  if (options.validateEntrySizes == null) options.validateEntrySizes = true;
  if (options.strictFileNames == null) options.strictFileNames = false;
  if (callback == null) callback = defaultCallback;
  if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
  if (totalSize > Number.MAX_SAFE_INTEGER) {
    throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
  }

  // the matching unref() call is in zipfile.close()
  reader.ref();

  // eocdr means End of Central Directory Record.
  // search backwards for the eocdr signature.
  // the last field of the eocdr is a variable-length comment.
  // the comment size is encoded in a 2-byte field in the eocdr, which we can't find without trudging backwards through the comment to find it.
  // as a consequence of this design decision, it's possible to have ambiguous zip file metadata if a coherent eocdr was in the comment.
  // we search backwards for a eocdr signature, and hope that whoever made the zip file was smart enough to forbid the eocdr signature in the comment.
  var eocdrWithoutCommentSize = 22;
  var zip64EocdlSize = 20; // Zip64 end of central directory locator
  var maxCommentSize = 0xffff; // 2-byte size
  var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + maxCommentSize, totalSize);
  var buffer = newBuffer(bufferSize);
  var bufferReadStart = totalSize - buffer.length;
  readAndAssertNoEof(reader, buffer, 0, bufferSize, bufferReadStart, function(err) {
    if (err) return callback(err);
    for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
      if (buffer.readUInt32LE(i) !== 0x06054b50) continue;
      // found eocdr
      var eocdrBuffer = buffer.subarray(i);

      // 0 - End of central directory signature = 0x06054b50
      // 4 - Number of this disk
      var diskNumber = eocdrBuffer.readUInt16LE(4);
      // 6 - Disk where central directory starts
      // 8 - Number of central directory records on this disk
      // 10 - Total number of central directory records
      var entryCount = eocdrBuffer.readUInt16LE(10);
      // 12 - Size of central directory (bytes)
      // 16 - Offset of start of central directory, relative to start of archive
      var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
      // 20 - Comment length
      var commentLength = eocdrBuffer.readUInt16LE(20);
      var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
      if (commentLength !== expectedCommentLength) {
        return callback(new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK☺☻` in the comment?"));
      }
      // 22 - Comment
      // the encoding is always cp437.
      var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false)
                                  : eocdrBuffer.subarray(22);

      // Look for a Zip64 end of central directory locator
      if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 0x07064b50) {
        // ZIP64 format
        var zip64EocdlBuffer = buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize);
        // 0 - zip64 end of central dir locator signature = 0x07064b50
        // 4 - number of the disk with the start of the zip64 end of central directory
        // 8 - relative offset of the zip64 end of central directory record
        var zip64EocdrOffset = readUInt64LE(zip64EocdlBuffer, 8);
        // 16 - total number of disks

        // ZIP64 end of central directory record
        var zip64EocdrBuffer = newBuffer(56);
        return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err) {
          if (err) return callback(err);

          // 0 - zip64 end of central dir signature                           4 bytes  (0x06064b50)
          if (zip64EocdrBuffer.readUInt32LE(0) !== 0x06064b50) {
            return callback(new Error("invalid zip64 end of central directory record signature"));
          }
          // 4 - size of zip64 end of central directory record                8 bytes
          // 12 - version made by                                             2 bytes
          // 14 - version needed to extract                                   2 bytes
          // 16 - number of this disk                                         4 bytes
          diskNumber = zip64EocdrBuffer.readUInt32LE(16);
          if (diskNumber !== 0) {
            // Check this only after zip64 overrides. See #118.
            return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
          }
          // 20 - number of the disk with the start of the central directory  4 bytes
          // 24 - total number of entries in the central directory on this disk         8 bytes
          // 32 - total number of entries in the central directory            8 bytes
          entryCount = readUInt64LE(zip64EocdrBuffer, 32);
          // 40 - size of the central directory                               8 bytes
          // 48 - offset of start of central directory with respect to the starting disk number     8 bytes
          centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
          // 56 - zip64 extensible data sector                                (variable size)
          return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
        });
      }

      // Not ZIP64 format
      if (diskNumber !== 0) {
        return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
      }
      return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));

    }

    // Not a zip file.
    callback(new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
  });
}

util.inherits(ZipFile, EventEmitter);
function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
  var self = this;
  EventEmitter.call(self);
  self.reader = reader;
  // forward close events
  self.reader.on("error", function(err) {
    // error closing the fd
    emitError(self, err);
  });
  self.reader.once("close", function() {
    self.emit("close");
  });
  self.readEntryCursor = centralDirectoryOffset;
  self.fileSize = fileSize;
  self.entryCount = entryCount;
  self.comment = comment;
  self.entriesRead = 0;
  self.autoClose = !!autoClose;
  self.lazyEntries = !!lazyEntries;
  self.decodeStrings = !!decodeStrings;
  self.validateEntrySizes = !!validateEntrySizes;
  self.strictFileNames = !!strictFileNames;
  self.isOpen = true;
  self.emittedError = false;
  self.hasEachEntryBeenCalled = false;

  if (!self.lazyEntries) self._readEntry();
}
ZipFile.prototype.close = function() {
  if (!this.isOpen) return;
  this.isOpen = false;
  this.reader.unref();
};

function emitErrorAndAutoClose(self, err) {
  if (self.autoClose) self.close();
  emitError(self, err);
}
function emitError(self, err) {
  if (self.emittedError) return;
  self.emittedError = true;
  self.emit("error", err);
}

ZipFile.prototype.readEntry = function() {
  if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
  this._readEntry();
};
ZipFile.prototype._readEntry = function() {
  var self = this;
  if (self.entryCount === self.entriesRead) {
    // done with metadata
    setImmediate(function() {
      if (self.autoClose) self.close();
      if (self.emittedError) return;
      self.emit("end");
    });
    return;
  }
  if (self.emittedError) return;
  var buffer = newBuffer(46);
  readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
    if (err) return emitErrorAndAutoClose(self, err);
    if (self.emittedError) return;
    var entry = new Entry();
    // 0 - Central directory file header signature
    var signature = buffer.readUInt32LE(0);
    if (signature !== 0x02014b50) return emitErrorAndAutoClose(self, new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
    // 4 - Version made by
    entry.versionMadeBy = buffer.readUInt16LE(4);
    // 6 - Version needed to extract (minimum)
    entry.versionNeededToExtract = buffer.readUInt16LE(6);
    // 8 - General purpose bit flag
    entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
    // 10 - Compression method
    entry.compressionMethod = buffer.readUInt16LE(10);
    // 12 - File last modification time
    entry.lastModFileTime = buffer.readUInt16LE(12);
    // 14 - File last modification date
    entry.lastModFileDate = buffer.readUInt16LE(14);
    // 16 - CRC-32
    entry.crc32 = buffer.readUInt32LE(16);
    // 20 - Compressed size
    entry.compressedSize = buffer.readUInt32LE(20);
    // 24 - Uncompressed size
    entry.uncompressedSize = buffer.readUInt32LE(24);
    // 28 - File name length (n)
    entry.fileNameLength = buffer.readUInt16LE(28);
    // 30 - Extra field length (m)
    entry.extraFieldLength = buffer.readUInt16LE(30);
    // 32 - File comment length (k)
    entry.fileCommentLength = buffer.readUInt16LE(32);
    // 34 - Disk number where file starts
    // 36 - Internal file attributes
    entry.internalFileAttributes = buffer.readUInt16LE(36);
    // 38 - External file attributes
    entry.externalFileAttributes = buffer.readUInt32LE(38);
    // 42 - Relative offset of local file header
    entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);

    if (entry.generalPurposeBitFlag & 0x40) return emitErrorAndAutoClose(self, new Error("strong encryption is not supported"));

    self.readEntryCursor += 46;

    buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
    readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
      if (err) return emitErrorAndAutoClose(self, err);
      if (self.emittedError) return;
      // 46 - File name
      entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
      // 46+n - Extra field
      var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
      entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
      // 46+n+m - File comment
      entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);

      // Parse the extra fields, which we need for processing other fields.
      try {
        entry.extraFields = parseExtraFields(entry.extraFieldRaw);
      } catch (err) {
        return emitErrorAndAutoClose(self, err);
      }

      // Interpret strings according to bit flags, extra fields, and options.
      if (self.decodeStrings) {
        var isUtf8 = (entry.generalPurposeBitFlag & 0x800) !== 0;
        entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
        entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
        var errorMessage = validateFileName(entry.fileName);
        if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
      } else {
        entry.fileComment = entry.fileCommentRaw;
        entry.fileName = entry.fileNameRaw;
      }
      // Maintain API compatibility. See https://github.com/thejoshwolfe/yauzl/issues/47
      entry.comment = entry.fileComment;

      self.readEntryCursor += buffer.length;
      self.entriesRead += 1;

      // Check for the Zip64 Extended Information Extra Field.
      for (var i = 0; i < entry.extraFields.length; i++) {
        var extraField = entry.extraFields[i];
        if (extraField.id !== 0x0001) continue;
        // Found it.

        var zip64EiefBuffer = extraField.data;
        var index = 0;
        // 0 - Original Size          8 bytes
        if (entry.uncompressedSize === 0xffffffff) {
          if (index + 8 > zip64EiefBuffer.length) {
            return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include uncompressed size"));
          }
          entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
          index += 8;
        }
        // 8 - Compressed Size        8 bytes
        if (entry.compressedSize === 0xffffffff) {
          if (index + 8 > zip64EiefBuffer.length) {
            return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include compressed size"));
          }
          entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
          index += 8;
        }
        // 16 - Relative Header Offset 8 bytes
        if (entry.relativeOffsetOfLocalHeader === 0xffffffff) {
          if (index + 8 > zip64EiefBuffer.length) {
            return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include relative header offset"));
          }
          entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
          index += 8;
        }
        // 24 - Disk Start Number      4 bytes

        break;
      }

      // validate file size
      if (self.validateEntrySizes && entry.compressionMethod === 0) {
        var expectedCompressedSize = entry.uncompressedSize;
        if (entry.isEncrypted()) {
          // traditional encryption prefixes the file data with a header
          expectedCompressedSize += 12;
        }
        if (entry.compressedSize !== expectedCompressedSize) {
          var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
          return emitErrorAndAutoClose(self, new Error(msg));
        }
      }

      self.emit("entry", entry);

      if (!self.lazyEntries) self._readEntry();
    });
  });
};

ZipFile.prototype.eachEntry = function() {
  const self = this;
  if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
  if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
  self.hasEachEntryBeenCalled = true;

  let pendingResolveReject = null;
  self.on("entry", onEntry);
  self.on("end", onEnd);
  self.on("error", onError);
  function cleanup() {
    self.removeListener("entry", onEntry);
    self.removeListener("end", onEnd);
    self.removeListener("error", onError);
    if (self.autoClose) self.close();
  }

  function onEntry(entry) {
    let {resolve} = pendingResolveReject;
    pendingResolveReject = null;
    resolve({value: entry});
  }
  function onEnd() {
    let {resolve} = pendingResolveReject;
    pendingResolveReject = null;
    cleanup();
    resolve({done: true});
  }
  function onError(err) {
    let {reject} = pendingResolveReject;
    pendingResolveReject = null;
    cleanup();
    reject(err);
  }

  return {
    [Symbol.asyncIterator]() {
      // Called once by `for await...of`.
      return this;
    },
    next() {
      // Called on each iteration in a `for await...of`.
      const promise = new Promise((resolve, reject) => {
        if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
        pendingResolveReject = {resolve, reject};
      });
      self.readEntry();
      return promise;
    },
    return(value) {
      // Called when breaking, returning, throwing out of a `for await...of`.
      cleanup();
      return Promise.resolve({done: true, value});
    },
    throw(value) {
      // Almost never called. Something about `yield*` maybe?
      cleanup();
      return Promise.reject(value);
    },
  };
};

ZipFile.prototype.openReadStream = function(entry, options, callback) {
  var self = this;
  // parameter validation
  var relativeStart = 0;
  var relativeEnd = entry.compressedSize;
  if (callback == null) {
    callback = options;
    options = null;
  }
  if (options == null) {
    options = {};
  } else {
    if (options.decodeFileData === false) {
      // new, simple option
      if (options.decrypt != null) {
        throw new Error("cannot use options.decrypt when options.decodeFileData === false");
      }
      if (options.decompress != null) {
        throw new Error("cannot use options.decompress when options.decodeFileData === false");
      }
      // start and end are allowed
    } else {
      // old, complicated options
      if (options.decrypt != null) {
        if (!entry.isEncrypted()) {
          throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
        }
        if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
        if (entry.isCompressed()) {
          if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
        }
      }
      if (options.decompress != null) {
        if (!entry.isCompressed()) {
          throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
        }
        if (!(options.decompress === false || options.decompress === true)) {
          throw new Error("invalid options.decompress value: " + options.decompress);
        }
        decompress = options.decompress;
      }
    }
    if (options.start != null) {
      relativeStart = options.start;
      if (relativeStart < 0) throw new Error("options.start < 0");
      if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
    }
    if (options.end != null) {
      relativeEnd = options.end;
      if (relativeEnd < 0) throw new Error("options.end < 0");
      if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
      if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
    }
  }
  var rawMode = (
    options.decodeFileData === false || // Explicitly requested raw.
    (
      (entry.compressionMethod === 0 || // Naturally without compression.
        (entry.compressionMethod === 8 && options.decompress === false) // Deprecated compression bypass option.
      ) &&
      (!entry.isEncrypted() || // Naturally without encryption.
        options.decrypt === false // Deprecated encryption bypass option.
      )
    )
  );
  if (options.start != null || options.end != null) {
    // Ensure slicing deals with raw data.
    if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
  }

  // any further errors can either be caused by the zipfile,
  // or were introduced in a minor version of yauzl,
  // so should be passed to the client rather than thrown.
  if (!self.isOpen) return callback(new Error("closed"));
  if (entry.isEncrypted() && !rawMode) {
    if (options.decrypt !== false) return callback(new Error("entry is encrypted, and options.decodeFileData !== false"));
  }
  var decompress;
  if (rawMode) {
    decompress = false;
  } else if (entry.compressionMethod === 8) {
    // 8 - The file is Deflated
    decompress = options.decodeFileData !== true;
  } else {
    return callback(new Error("unsupported compression method: " + entry.compressionMethod));
  }

  self.readLocalFileHeader(entry, {minimal: true}, function(err, localFileHeader) {
    if (err) return callback(err);
    self.openReadStreamLowLevel(
      localFileHeader.fileDataStart, entry.compressedSize,
      relativeStart, relativeEnd,
      decompress, entry.uncompressedSize,
      callback);
  });
};

ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
  var self = this;

  var fileDataEnd = fileDataStart + compressedSize;
  var readStream = self.reader.createReadStream({
    start: fileDataStart + relativeStart,
    end: fileDataStart + relativeEnd,
  });
  var endpointStream = readStream;
  if (decompress) {
    var destroyed = false;
    var inflateFilter = zlib.createInflateRaw();
    readStream.on("error", function(err) {
      // setImmediate here because errors can be emitted during the first call to pipe()
      setImmediate(function() {
        if (!destroyed) inflateFilter.emit("error", err);
      });
    });
    readStream.pipe(inflateFilter);

    if (self.validateEntrySizes) {
      endpointStream = new AssertByteCountStream(uncompressedSize);
      inflateFilter.on("error", function(err) {
        // forward zlib errors to the client-visible stream
        setImmediate(function() {
          if (!destroyed) endpointStream.emit("error", err);
        });
      });
      inflateFilter.pipe(endpointStream);
    } else {
      // the zlib filter is the client-visible stream
      endpointStream = inflateFilter;
    }
    // this is part of yauzl's API, so implement this function on the client-visible stream
    installDestroyFn(endpointStream, function() {
      destroyed = true;
      if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
      readStream.unpipe(inflateFilter);
      // TODO: the inflateFilter may cause a memory leak. see Issue #27.
      readStream.destroy();
    });
  }
  callback(null, endpointStream);
};

ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
  var self = this;
  if (callback == null) {
    callback = options;
    options = null;
  }
  if (options == null) options = {};

  self.reader.ref();
  var buffer = newBuffer(30);
  readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
    try {
      if (err) return callback(err);
      // 0 - Local file header signature = 0x04034b50
      var signature = buffer.readUInt32LE(0);
      if (signature !== 0x04034b50) {
        return callback(new Error("invalid local file header signature: 0x" + signature.toString(16)));
      }

      var fileNameLength = buffer.readUInt16LE(26);
      var extraFieldLength = buffer.readUInt16LE(28);
      var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
      // We now have enough information to do this bounds check.
      if (fileDataStart + entry.compressedSize > self.fileSize) {
        return callback(new Error("file data overflows file bounds: " +
            fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
      }

      if (options.minimal) {
        return callback(null, {fileDataStart: fileDataStart});
      }

      var localFileHeader = new LocalFileHeader();
      localFileHeader.fileDataStart = fileDataStart;

      // 4 - Version needed to extract (minimum)
      localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
      // 6 - General purpose bit flag
      localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
      // 8 - Compression method
      localFileHeader.compressionMethod = buffer.readUInt16LE(8);
      // 10 - File last modification time
      localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
      // 12 - File last modification date
      localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
      // 14 - CRC-32
      localFileHeader.crc32 = buffer.readUInt32LE(14);
      // 18 - Compressed size
      localFileHeader.compressedSize = buffer.readUInt32LE(18);
      // 22 - Uncompressed size
      localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
      // 26 - File name length (n)
      localFileHeader.fileNameLength = fileNameLength;
      // 28 - Extra field length (m)
      localFileHeader.extraFieldLength = extraFieldLength;
      // 30 - File name
      // 30+n - Extra field

      buffer = newBuffer(fileNameLength + extraFieldLength);
      self.reader.ref();
      readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
        try {
          if (err) return callback(err);
          localFileHeader.fileName = buffer.subarray(0, fileNameLength);
          localFileHeader.extraField = buffer.subarray(fileNameLength);
          return callback(null, localFileHeader);
        } finally {
          self.reader.unref();
        }
      });
    } finally {
      self.reader.unref();
    }
  });
};

ZipFile.prototype.openReadStreamPromise = function(entry, options) {
  return new Promise((resolve, reject) => {
    this.openReadStream(entry, options, function(err, readStream) {
      if (err) return reject(err);
      resolve(readStream);
    });
  });
};
ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
  return new Promise((resolve, reject) => {
    this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
      if (err) return reject(err);
      resolve(readStream);
    });
  });
};
ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options) {
  return new Promise((resolve, reject) => {
    this.readLocalFileHeader(entry, options, function(err, localFileHeader) {
      if (err) return reject(err);
      resolve(localFileHeader);
    });
  });
};

function Entry() {
}
Entry.prototype.getLastModDate = function(options) {
  if (options == null) options = {};

  if (!options.forceDosFormat) {
    // Check extended fields.
    for (var i = 0; i < this.extraFields.length; i++) {
      var extraField = this.extraFields[i];
      if (extraField.id === 0x5455) {
        // Info-ZIP "universal timestamp" extended field (`0x5455` aka `"UT"`).
        // See the Info-ZIP source code unix/unix.c:set_extra_field() and zipfile.c:ef_scan_ut_time().
        var data = extraField.data;
        if (data.length < 5) continue; // Too short.
        // The flags define which of the three fields are present: mtime, atime, ctime.
        // We only care about mtime.
        // Also, ctime is never included in practice.
        // And also, atime is only included in the local file header for some reason
        // despite the flags lying about its inclusion in the central header.
        var flags = data[0];
        var HAS_MTIME = 1;
        if (!(flags & HAS_MTIME)) continue; // This will realistically never happen.
        // Although the positions of all of the fields shift around depending on the presence of other fields,
        // mtime is always first if present, and that's the only one we care about.
        var posixTimestamp = data.readInt32LE(1);
        return new Date(posixTimestamp * 1000);
      } else if (extraField.id === 0x000a) {
        var data = extraField.data;
        if (data.length !== 32) continue; // The length is always the same.
        // 4 bytes reserved
        // 2 bytes Tag
        if (data.readUInt16LE(4) !== 1) continue; // Tag1 is actually the only defined Tag.
        // 2 bytes Size
        if (data.readUInt16LE(6) !== 24) continue; // Size is always 24.
        // 8 bytes Mtime
        var hundredNanoSecondsSince1601 = data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12);
        // Convert from NTFS to POSIX milliseconds.
        // The big number below is the milliseconds between year 1601 and year 1970
        // (i.e. the negative POSIX timestamp of 1601-01-01 00:00:00Z)
        var millisecondsSince1970 = hundredNanoSecondsSince1601 / 10000 - 11644473600000;
        // Note on numeric precision: JavaScript Number objects lose precision above Number.MAX_SAFE_INTEGER,
        // and NTFS timestamps are typically much bigger than that limit.
        // (MAX_SAFE_INTEGER would represent 1629-07-17T23:58:45.475Z.)
        // However, we're losing precision in the conversion from 100nanosecond units to millisecond units anyway,
        // and the time at which we also lose 1-millisecond precision is year 275760, the JavaScript Date limit (by design).
        // Up through the year 2057, this conversion only drops 4 bits of precision,
        // which is well under the 13-14 bits ratio between the milliseconds and 100nanoseconds.
        return new Date(millisecondsSince1970);
      }
    }
  }

  // Fallback to non-extended encoding.
  return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
};

Entry.prototype.canDecodeFileData = function() {
  return (
    !this.isEncrypted() &&
    (this.compressionMethod === 0 || this.compressionMethod === 8)
  );
};
Entry.prototype.isEncrypted = function() {
  return (this.generalPurposeBitFlag & 0x1) !== 0;
};
Entry.prototype.isCompressed = function() {
  return this.compressionMethod === 8;
};

function LocalFileHeader() {
}

function dosDateTimeToDate(date, time, timezone) {
  var day = date & 0x1f; // 1-31
  var month = (date >> 5 & 0xf) - 1; // 1-12, 0-11
  var year = (date >> 9 & 0x7f) + 1980; // 0-128, 1980-2108

  var millisecond = 0;
  var second = (time & 0x1f) * 2; // 0-29, 0-58 (even numbers)
  var minute = time >> 5 & 0x3f; // 0-59
  var hour = time >> 11 & 0x1f; // 0-23

  if (timezone == null || timezone === "local") {
    return new Date(year, month, day, hour, minute, second, millisecond);
  } else if (timezone === "UTC") {
    return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
  } else {
    throw new Error("unrecognized options.timezone: " + options.timezone);
  }
}

function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
  var fileName = null;

  // check for Info-ZIP Unicode Path Extra Field (0x7075)
  // see https://github.com/thejoshwolfe/yauzl/issues/33
  for (var i = 0; i < extraFields.length; i++) {
    var extraField = extraFields[i];
    if (extraField.id === 0x7075) {
      if (extraField.data.length < 6) {
        // too short to be meaningful
        continue;
      }
      // Version       1 byte      version of this extra field, currently 1
      if (extraField.data.readUInt8(0) !== 1) {
        // > Changes may not be backward compatible so this extra
        // > field should not be used if the version is not recognized.
        continue;
      }
      // NameCRC32     4 bytes     File Name Field CRC32 Checksum
      var oldNameCrc32 = extraField.data.readUInt32LE(1);
      if (crc32(fileNameBuffer) !== oldNameCrc32) {
        // > If the CRC check fails, this UTF-8 Path Extra Field should be
        // > ignored and the File Name field in the header should be used instead.
        continue;
      }
      // UnicodeName   Variable    UTF-8 version of the entry File Name
      fileName = decodeBuffer(extraField.data.subarray(5), true);
      break;
    }
  }

  if (fileName == null) {
    // The typical case.
    var isUtf8 = (generalPurposeBitFlag & 0x800) !== 0;
    fileName = decodeBuffer(fileNameBuffer, isUtf8);
  }

  if (!strictFileNames) {
    // Allow backslash.
    fileName = fileName.replace(/\\/g, "/");
  }
  return fileName;
}

function validateFileName(fileName) {
  if (fileName.indexOf("\\") !== -1) {
    return "invalid characters in fileName: " + fileName;
  }
  if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) {
    return "absolute path: " + fileName;
  }
  if (fileName.split("/").indexOf("..") !== -1) {
    return "invalid relative path: " + fileName;
  }
  // all good
  return null;
}

function parseExtraFields(extraFieldBuffer) {
  var extraFields = [];
  var i = 0;
  while (i < extraFieldBuffer.length - 3) {
    var headerId = extraFieldBuffer.readUInt16LE(i + 0);
    var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
    var dataStart = i + 4;
    var dataEnd = dataStart + dataSize;
    if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
    var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
    extraFields.push({
      id: headerId,
      data: dataBuffer,
    });
    i = dataEnd;
  }
  return extraFields;
}

function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
  if (length === 0) {
    // fs.read will throw an out-of-bounds error if you try to read 0 bytes from a 0 byte file
    return setImmediate(function() { callback(null, newBuffer(0)); });
  }
  reader.read(buffer, offset, length, position, function(err, bytesRead) {
    if (err) return callback(err);
    if (bytesRead < length) {
      return callback(new Error("unexpected EOF"));
    }
    callback();
  });
}

util.inherits(AssertByteCountStream, Transform);
function AssertByteCountStream(byteCount) {
  Transform.call(this);
  this.actualByteCount = 0;
  this.expectedByteCount = byteCount;
}
AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
  this.actualByteCount += chunk.length;
  if (this.actualByteCount > this.expectedByteCount) {
    var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
    return cb(new Error(msg));
  }
  cb(null, chunk);
};
AssertByteCountStream.prototype._flush = function(cb) {
  if (this.actualByteCount < this.expectedByteCount) {
    var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
    return cb(new Error(msg));
  }
  cb();
};

util.inherits(RandomAccessReader, EventEmitter);
function RandomAccessReader() {
  EventEmitter.call(this);
  this.refCount = 0;
}
RandomAccessReader.prototype.ref = function() {
  this.refCount += 1;
};
RandomAccessReader.prototype.unref = function() {
  var self = this;
  self.refCount -= 1;

  if (self.refCount > 0) return;
  if (self.refCount < 0) throw new Error("invalid unref");

  self.close(onCloseDone);

  function onCloseDone(err) {
    if (err) return self.emit('error', err);
    self.emit('close');
  }
};
RandomAccessReader.prototype.createReadStream = function(options) {
  if (options == null) options = {};
  var start = options.start;
  var end = options.end;
  if (start === end) {
    var emptyStream = new PassThrough();
    setImmediate(function() {
      emptyStream.end();
    });
    return emptyStream;
  }
  var stream = this._readStreamForRange(start, end);

  var destroyed = false;
  var refUnrefFilter = new RefUnrefFilter(this);
  stream.on("error", function(err) {
    setImmediate(function() {
      if (!destroyed) refUnrefFilter.emit("error", err);
    });
  });
  installDestroyFn(refUnrefFilter, function() {
    stream.unpipe(refUnrefFilter);
    refUnrefFilter.unref();
    stream.destroy();
  });

  var byteCounter = new AssertByteCountStream(end - start);
  refUnrefFilter.on("error", function(err) {
    setImmediate(function() {
      if (!destroyed) byteCounter.emit("error", err);
    });
  });
  installDestroyFn(byteCounter, function() {
    destroyed = true;
    refUnrefFilter.unpipe(byteCounter);
    refUnrefFilter.destroy();
  });

  return stream.pipe(refUnrefFilter).pipe(byteCounter);
};
RandomAccessReader.prototype._readStreamForRange = function(start, end) {
  throw new Error("not implemented");
};
RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
  var readStream = this.createReadStream({start: position, end: position + length});
  var writeStream = new Writable();
  var written = 0;
  writeStream._write = function(chunk, encoding, cb) {
    chunk.copy(buffer, offset + written, 0, chunk.length);
    written += chunk.length;
    cb();
  };
  writeStream.on("finish", callback);
  readStream.on("error", function(error) {
    callback(error);
  });
  readStream.pipe(writeStream);
};
RandomAccessReader.prototype.close = function(callback) {
  setImmediate(callback);
};

util.inherits(RefUnrefFilter, PassThrough);
function RefUnrefFilter(context) {
  PassThrough.call(this);
  this.context = context;
  this.context.ref();
  this.unreffedYet = false;
}
RefUnrefFilter.prototype._flush = function(cb) {
  this.unref();
  cb();
};
RefUnrefFilter.prototype.unref = function(cb) {
  if (this.unreffedYet) return;
  this.unreffedYet = true;
  this.context.unref();
};

var cp437 = '\u0000☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';
function decodeBuffer(buffer, isUtf8) {
  if (isUtf8) {
    return buffer.toString("utf8");
  } else {
    var result = "";
    for (var i = 0; i < buffer.length; i++) {
      result += cp437[buffer[i]];
    }
    return result;
  }
}

function readUInt64LE(buffer, offset) {
  // There is no native function for this, because we can't actually store 64-bit integers precisely.
  // after 53 bits, JavaScript's Number type (IEEE 754 double) can't store individual integers anymore.
  // but since 53 bits is a whole lot more than 32 bits, we do our best anyway.
  // As of 2020, Node has added support for BigInt, which obviates this whole function,
  // but yauzl hasn't been updated to depend on BigInt (yet?).
  var lower32 = buffer.readUInt32LE(offset);
  var upper32 = buffer.readUInt32LE(offset + 4);
  // we can't use bitshifting here, because JavaScript bitshifting only works on 32-bit integers.
  return upper32 * 0x100000000 + lower32;
  // as long as we're bounds checking the result of this function against the total file size,
  // we'll catch any overflow errors, because we already made sure the total file size was within reason.
}

// Node 10 deprecated new Buffer().
var newBuffer;
if (typeof Buffer.allocUnsafe === "function") {
  newBuffer = function(len) {
    return Buffer.allocUnsafe(len);
  };
} else {
  newBuffer = function(len) {
    return new Buffer(len);
  };
}

// Node 8 introduced a proper destroy() implementation on writable streams.
function installDestroyFn(stream, fn) {
  if (typeof stream.destroy === "function") {
    // New API.
    stream._destroy = function(err, cb) {
      fn();
      if (cb != null) cb(err);
    };
  } else {
    // Old API.
    stream.destroy = fn;
  }
}

function defaultCallback(err) {
  if (err) throw err;
}


/***/ }),

/***/ 2225:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ action)
/* harmony export */ });
/* harmony import */ var _wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9429);

const action = (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'build-mi',
    description: 'Build and test a Micro Integrator project, check its carbon application against the sources, and push an image of it.',
    icon: 'package',
    inputs: {
        project: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae)('Folder of the Maven project, or its pom file. Without it the workspace root.', {
            exists: 'any',
            example: 'integration/employee-service',
        }),
        builder: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['maven', 'native', 'auto'], 'What packages the carbon application. `native` does it without Maven and runs no tests; `auto` does so where the result is proven to be the same, and tells why not elsewhere.', { default: 'maven' }),
        goals: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)('Goals and phases for the one Maven run.', { default: 'clean install' }),
        profiles: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)('Maven profiles to activate, one a line (`!name` to deactivate).', { example: 'solution' }),
        'maven-args': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)('More arguments for Maven, one a line. Never a password: use `settings` with ${env.…}.', {
            example: '-Drevision=1.4.0',
        }),
        settings: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae)('A Maven settings.xml, also for the Maven runs inside the CAR plugin.', {
            exists: 'file',
            example: 'ci/settings.xml',
        }),
        libraries: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae)('Folder with connectors and jars for `builder: native`, each with its .sha256 beside it. Without it the local Maven repository alone.', { exists: 'folder', example: 'ci/libraries' }),
        'skip-tests': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM)('Build without running any tests.', { default: 'false' }),
        timeout: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('How long the Maven run may take.', { default: '30m' }),
        cars: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)('Carbon applications that are built already, paths or patterns, one a line: Maven does not run then. Where there is a project they are still compared with it.', {
            example: 'target/*.car',
        }),
        check: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['error', 'warn', 'off'], 'What a difference between sources and carbon application does: fail the step, warn, or nothing.', { default: 'error' }),
        image: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)('Repository to push the image to. Without it no image is made.', {
            example: 'ghcr.io/acme/employee-service',
        }),
        tags: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)('Tags for the image, one a line. Without any: the one in `image`, else the commit.', {
            example: '${{ github.sha }}',
        }),
        'base-image': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)('Image to build on. Without it: FROM of the Dockerfile, else wso2/wso2mi with project.runtime.version of the pom.', { example: 'wso2/wso2mi:4.4.0' }),
        'image-builder': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['auto', 'layers', 'docker'], '`layers` puts layers on the base without docker; `docker` builds the Dockerfile with docker; `auto` carries a Dockerfile that executes nothing out as layers, and hands any other one to docker.', { default: 'auto' }),
        dockerfile: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae)('Dockerfile of the image; its folder is the build context. Without it: the one of the project, if there is one.', { exists: 'file', example: 'Dockerfile' }),
        'build-args': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .pairs */ .AS)('Values for ARG in the Dockerfile, one NAME=value a line.', { example: 'MI_VERSION=4.4.0' }),
        files: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .pairs */ .AS)('More files for the image, one source=target a line: jars, dropins, keystores. Sources are files, folders or patterns in the workspace; targets are relative to the home of the server, a folder ends in a slash.', { example: 'ci/ojdbc11.jar=lib/' }),
        'deployment-toml': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae)('deployment.toml for the image. Without it: what the Dockerfile copies, else deployment/deployment.toml of the project.', { exists: 'file', example: 'deployment/deployment.toml' }),
        platforms: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)('Platforms of the image, one a line. Without it all of the base.', { example: 'linux/amd64' }),
        labels: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .pairs */ .AS)('More labels for the image, one key=value a line.', {
            example: 'org.opencontainers.image.vendor=Acme',
        }),
        push: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM)('Push the image. When false its digest is computed and nothing is sent.', { default: 'true' }),
        sbom: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM)('Attach a CycloneDX list of artifacts, connectors and jars to the image in the registry.', {
            default: 'false',
        }),
        provenance: (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM)('Attach a SLSA provenance statement to the image in the registry. Unsigned: actions/attest signs.', { default: 'false' }),
        'registry-username': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)('User name for the registry of `image`. Without it: what docker login left.', {
            example: '${{ github.actor }}',
        }),
        'registry-password': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)('Password or token for the registry of `image`.', {
            example: '${{ secrets.GITHUB_TOKEN }}',
        }),
        'registry-ca': (0,_wso2_delivery_shared_run_declaration__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae)('Certificate authority of the registry, PEM.', { exists: 'file', example: 'ci/ca.pem' }),
    },
    outputs: {
        cars: 'The carbon applications, paths relative to the workspace, one a line.',
        'carbon-applications': 'JSON: what they hold, a list of {name, version, artifacts: [{name, version, type}]}.',
        tests: 'JSON: {total, passed, failed, skipped, flaky}.',
        image: 'repository@digest, to be deployed as it is. Set when the image was pushed.',
        digest: 'The digest of the image.',
        tags: 'The tags that were pushed, one a line.',
        report: 'Path of a JSON file with everything that is known about this run.',
    },
});


/***/ }),

/***/ 7551:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _wso2_delivery_shared_run_run__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4662);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2225);
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8025);



await (0,_wso2_delivery_shared_run_run__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_action_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X, _main_js__WEBPACK_IMPORTED_MODULE_2__/* .main */ .i);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 8025:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var base_errors = __nccwpck_require__(5026);
// EXTERNAL MODULE: ./packages/shared/src/base/duration.ts
var duration = __nccwpck_require__(4069);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __nccwpck_require__(3282);
;// CONCATENATED MODULE: ./packages/shared/src/maven/command.ts
/** The one Maven command of a build, as an argument list. */

const WITHOUT_CARRIAGE_RETURNS = `eval "$(tr -d '\\r' < "$0")"`;
/** Pure: the same options give the same command. */
function mavenCommand(options) {
    const pomName = (0,external_node_path_.basename)(options.pomFile);
    const args = [
        '-B',
        '--no-transfer-progress',
        ...(pomName === 'pom.xml' ? [] : ['-f', pomName]),
        ...(options.settings === undefined ? [] : ['-s', options.settings]),
        ...(options.profiles.length === 0 ? [] : [`-P${options.profiles.join(',')}`]),
        ...(options.skipTests ? ['-DskipTests'] : []),
        ...(options.skipTests && options.skipSynapseTests ? ['-Dmaven.test.skip=true'] : []),
        ...options.arguments,
        ...options.goals,
    ];
    if (options.wrapper === undefined)
        return { command: 'mvn', args };
    // Through sh: a wrapper committed from Windows has no executable bit.
    // And with its line ends the script is read without them; $0, by which it finds its own files, stays.
    const script = options.wrapperOfWindows ? ['-c', WITHOUT_CARRIAGE_RETURNS, options.wrapper] : [options.wrapper];
    return { command: 'sh', args: [...script, ...args] };
}
/**
 * The environment that carries it: nested runs do inherit MAVEN_OPTS. What the job has there comes last and wins.
 * A path with blanks cannot be said in it, and is left out.
 */
function nestedEnvironment(nested, inherited) {
    const options = [
        ['user.home', nested.home],
        ['maven.repo.local', nested.localRepository],
    ]
        .filter(([, value]) => value !== undefined && !/\s/.test(value))
        .map(([name, value]) => `-D${name}=${value}`);
    if (options.length === 0)
        return {};
    return { MAVEN_OPTS: [...options, ...(inherited === undefined ? [] : [inherited])].join(' ') };
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./packages/shared/src/maven/console.ts
/**
 * Maven's console, line by line as it comes: which module and goal is at work, how long each took, which Java errors
 * there are and how the run ended. `[ERROR]` lines alone say nothing: good builds print them too.
 */

const goalLine = /^--- (\S+?):[^:\s]+:(\S+)(?: \([^)]*\))? @ (\S+) ---$/;
const moduleLine = /^-+< ([^>]+) >-+$/;
const buildingLine = /^Building (.+?)(?:\s+\[(\d+\/\d+)\])?$/;
const outcomeLine = /^BUILD (SUCCESS|FAILURE)$/;
const compileLine = /^(.+?\.(?:java|kt|groovy|scala)):\[(\d+),(\d+)\] (?:error: )?(.+)$/;
const nestedFailureLine = /^(?:Failed to execute goal |The build could not read |Some problems were encountered|(?:\s*)Unresolveable build extension|(?:\s*)Non-readable POM)/;
const unknownProfileLine = /^The requested (?:optional )?profiles? "?\[?([^"\]]+)"?\]? could not be activated/;
const keptErrorLines = 400;
/** A reader of one console. */
function readConsole() {
    const modules = [];
    const goals = [];
    const compileErrors = new Map();
    const nestedFailures = new Set();
    const unknownProfiles = new Set();
    const errorLines = [];
    let outcome;
    let open;
    let scanned = false;
    let nestedSince;
    let nestedFailed = false;
    let lastNestedFailed = false;
    let nestedReason;
    const closeGoal = (at) => {
        if (open !== undefined)
            goals.push({ ...open, durationMs: Math.max(0, at - open.startedAt) });
        open = undefined;
    };
    const closeReason = () => {
        if (nestedReason !== undefined)
            nestedFailures.add(nestedReason.replace(/ -> \[Help \d+\]$/, ''));
        nestedReason = undefined;
    };
    const endNested = (at) => {
        if (nestedSince === undefined)
            return undefined;
        if (open !== undefined)
            open.nestedMs += Math.max(0, at - nestedSince);
        nestedSince = undefined;
        lastNestedFailed = nestedFailed;
        return { kind: 'nested-end', failed: nestedFailed };
    };
    const read = (level, text, at) => {
        if (level === 'ERROR' || level === 'FATAL') {
            errorLines.push(text);
            if (errorLines.length > keptErrorLines)
                errorLines.shift();
            // A failed nested run gives its reason after its last line.
            if (nestedReason !== undefined) {
                if (text.trim() === '' || text.startsWith('-> [Help'))
                    closeReason();
                else
                    nestedReason += ` ${text.trim()}`;
            }
            else if ((nestedSince !== undefined || lastNestedFailed) && nestedFailureLine.test(text)) {
                nestedReason = text.trim();
                nestedFailed = true;
                // Maven 3.9 says the rest on the lines that follow.
                if (nestedReason.endsWith(']'))
                    closeReason();
            }
            const error = compileLine.exec(text);
            if (error !== null) {
                const [, file = '', line, column, message = ''] = error;
                const found = {
                    file: file.replace(/^\/([A-Za-z]:)/, '$1'),
                    line: Number(line),
                    column: Number(column),
                    message,
                };
                compileErrors.set(`${found.file}:${found.line}:${found.column}`, found);
            }
            return undefined;
        }
        closeReason();
        const profile = level?.startsWith('WARN') === true ? unknownProfileLine.exec(text)?.[1] : undefined;
        if (profile !== undefined)
            unknownProfiles.add(profile);
        if (text === 'Scanning for projects...') {
            if (!scanned) {
                scanned = true;
                return undefined;
            }
            nestedSince ??= at;
            nestedFailed = false;
            lastNestedFailed = false;
            return { kind: 'nested-start' };
        }
        if (text === 'All dependencies resolved and extracted successfully.') {
            lastNestedFailed = false;
            return endNested(at);
        }
        const built = outcomeLine.exec(text);
        if (built !== null) {
            const good = built[1] === 'SUCCESS';
            if (nestedSince !== undefined) {
                nestedFailed ||= !good;
                return undefined;
            }
            closeGoal(at);
            outcome = good ? 'success' : 'failure';
            return { kind: 'end', outcome };
        }
        if (text.startsWith('Finished at: '))
            return endNested(at);
        if (nestedSince !== undefined)
            return undefined;
        const goal = goalLine.exec(text);
        if (goal !== null) {
            const [, plugin = '', name = '', module = ''] = goal;
            closeGoal(at);
            lastNestedFailed = false;
            open = { module, plugin, goal: name, startedAt: at, nestedMs: 0 };
            return { kind: 'goal', module, plugin, goal: name };
        }
        if (moduleLine.test(text)) {
            closeGoal(at);
            return undefined;
        }
        const building = buildingLine.exec(text);
        if (building !== null && open === undefined) {
            const [, name = '', position] = building;
            modules.push(name);
            return { kind: 'module', name, position };
        }
        return undefined;
    };
    return {
        line(raw, at) {
            // Maven 4 marks what plugins print themselves, nested runs among it.
            const text = (0,external_node_util_namespaceObject.stripVTControlCharacters)(raw)
                .replace(/\r$/, '')
                .replace(/^\[INFO\] \[stdout\] /, '');
            const tagged = /^\[(INFO|WARN|WARNING|ERROR|FATAL|DEBUG)\] ?(.*)$/i.exec(text);
            return tagged === null ? undefined : read(tagged[1]?.toUpperCase(), tagged[2] ?? '', at);
        },
        facts(at) {
            closeReason();
            const running = open === undefined ? [] : [{ ...open, durationMs: Math.max(0, at - open.startedAt) }];
            return {
                outcome,
                modules: [...modules],
                goals: [...goals, ...running],
                compileErrors: [...compileErrors.values()],
                nestedFailures: [...nestedFailures],
                unknownProfiles: [...unknownProfiles],
                errorLines: [...errorLines],
            };
        },
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/codes.ts

/** Failures of finding a Maven project, building it and reading its tests. */
const codes = (0,base_errors/* defineCodes */.Oo)({
    MAVEN_PROJECT_MISSING: {
        title: 'There is no Maven project',
        meaning: 'Neither the project input nor the workspace root leads to a pom.xml.',
        remedy: 'Set the project input to the folder (or the pom.xml) of the integration project.',
    },
    MAVEN_NEEDED: {
        title: 'Only Maven can build this project',
        meaning: 'builder: native was asked for, and something in the project or in the inputs is done by Maven alone.',
        remedy: 'Use builder: maven (or auto, which decides by the same list), or remove what the message names.',
    },
    MAVEN_POM_MALFORMED: {
        title: 'A pom.xml is not well-formed',
        meaning: 'Maven cannot read the project description; nothing was built.',
        remedy: 'Correct the pom.xml at the line named in the message.',
    },
    MAVEN_PLUGIN_NOT_FOUND: {
        title: 'A Maven plugin cannot be found',
        meaning: 'A plugin that the pom asks for is in none of the repositories that Maven may use.',
        remedy: 'Check the version. WSO2 plugins newer than the one on Maven Central are on https://maven.wso2.org/nexus/content/groups/wso2-public/: name it as pluginRepository, or use a mirror in the settings input.',
    },
    MAVEN_DEPENDENCY_NOT_FOUND: {
        title: 'A dependency cannot be found',
        meaning: 'A dependency of the project is in none of the repositories that Maven may use.',
        remedy: 'Check its coordinates, and that its repository is in the pom or in the settings input.',
    },
    MAVEN_REPOSITORY_BLOCKED: {
        title: 'Maven refuses a repository because it is plain HTTP',
        meaning: 'Since 3.8.1 Maven blocks repositories that are reached without TLS.',
        remedy: 'Change the repository’s URL to https (maven.wso2.org answers on it), or mirror it in the settings input.',
    },
    MAVEN_REPOSITORY_REFUSED: {
        title: 'A Maven repository refuses or does not answer',
        meaning: 'The repository could not be reached, or it answered 401, 403 or a server error.',
        remedy: 'Check the address and, for a private repository, the server entry of the settings input.',
    },
    MAVEN_CHECKSUM_MISMATCH: {
        title: 'A download does not match its checksum',
        meaning: 'An artifact arrived damaged, or the repository serves other bytes than it has checksums for.',
        remedy: 'Delete the artifact from the cached local repository and run again; check the mirror.',
    },
    MAVEN_COMPILE_ERROR: {
        title: 'Java code does not compile',
        meaning: 'The compiler rejected at least one source file; each error is an annotation at its line.',
        remedy: 'Correct the source at the annotated lines.',
    },
    MAVEN_JDK_UNSUITABLE: {
        title: 'The JDK is too old or too new for the project',
        meaning: 'The JDK that runs Maven does not know the Java version that the project or a plugin asks for.',
        remedy: 'Choose another JDK with actions/setup-java: MI 4.0 and 4.1 run on 11, 4.2 and 4.3 on 17, 4.4 and 4.5 on 21.',
    },
    MAVEN_JAVA_MISSING: {
        title: 'There is no JDK',
        meaning: 'Maven found no Java, or JAVA_HOME leads to none, or to one without a compiler.',
        remedy: 'Add a step with actions/setup-java before this one.',
    },
    MAVEN_TESTS_FAILED: {
        title: 'Tests failed',
        meaning: 'At least one unit test of the project failed; each is an annotation, and a row in the summary.',
        remedy: 'Correct what the failing assertions show.',
    },
    MAVEN_TEST_REPORT_MISSING: {
        title: 'Synapse unit tests left no report',
        meaning: 'The unit test plugin ran and wrote no unit-test-report.json. It does so, with BUILD SUCCESS, when the server dies in mid-test.',
        remedy: 'Read the console for the server’s last words; check memory and testServerPath.',
    },
    MAVEN_TEST_REPORT_UNREADABLE: {
        title: 'A test report cannot be read',
        meaning: 'A report of the build’s tests is cut off or not in its format, so nobody can say how the tests went.',
        remedy: 'Look for a test process that was killed (memory, timeout) in the console.',
    },
    MAVEN_TEST_SERVER_MISSING: {
        title: 'The Micro Integrator for the Synapse unit tests is missing',
        meaning: 'The unit test plugin was given no server, or one that does not start or does not answer.',
        remedy: 'Give -DtestServerType=local and -DtestServerPath=<MI>/bin/micro-integrator.sh in maven-args, or set skip-tests.',
    },
    MAVEN_OUT_OF_MEMORY: {
        title: 'Maven ran out of memory',
        meaning: 'The Java heap, the metaspace or the runner’s memory was not enough.',
        remedy: 'Raise -Xmx in the environment variable MAVEN_OPTS, or use a larger runner.',
    },
    MAVEN_NESTED_BUILD_FAILED: {
        title: 'A Maven run inside the CAR plugin failed',
        meaning: 'The plugin starts Maven again to fetch connectors. That run failed, and the plugin reports success all the same: a connector is missing from the CAR.',
        remedy: 'Name the repository of the connector in the pom, in the settings input or in ~/.m2/settings.xml: flags in maven-args do not reach the nested runs.',
    },
    MAVEN_CAR_PLUGIN_FAILED: {
        title: 'The CAR plugin stopped at an artifact',
        meaning: 'The plugin met a file that it cannot process and ended the build without naming the file.',
        remedy: 'Look at the findings of the source check: it names the file and the line.',
    },
    MAVEN_GOAL_FAILED: {
        title: 'A Maven goal failed',
        meaning: 'A plugin ended the build for a reason that this action does not know.',
        remedy: 'Read Maven’s own words in the summary.',
    },
    MAVEN_FAILED: {
        title: 'Maven failed',
        meaning: 'Maven ended with an exit code other than 0, or without BUILD SUCCESS.',
        remedy: 'Read Maven’s own words in the summary.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/maven/failures.ts


const known = [
    {
        code: codes.MAVEN_OUT_OF_MEMORY,
        seen: /(?<what>java\.lang\.OutOfMemoryError(?:: [^\n]+)?|insufficient memory for the Java Runtime Environment|Java heap space|GC overhead limit exceeded|Too small maximum heap|Could not reserve enough space for [^\n]+)/,
        says: ({ what }) => `Maven ran out of memory: ${what}`,
    },
    {
        code: codes.MAVEN_JAVA_MISSING,
        seen: /(?<what>JAVA_HOME environment variable is not defined correctly|No compiler is provided in this environment|JAVA_HOME is not defined correctly)/,
        says: ({ what }) => `Maven found no JDK: ${what}`,
    },
    {
        code: codes.MAVEN_REPOSITORY_BLOCKED,
        seen: /Blocked mirror for repositories: \[(?<blocked>[^\]]+)\]/,
        says: ({ blocked }) => `Maven blocks a repository that is reached over plain HTTP: ${blocked}`,
    },
    {
        code: codes.MAVEN_CHECKSUM_MISMATCH,
        seen: /(?<what>Checksum validation failed[^\n]*)/,
        says: ({ what }) => String(what),
    },
    {
        code: codes.MAVEN_REPOSITORY_REFUSED,
        seen: /Could not transfer (?:artifact|metadata) (?<artifact>\S+) from\/to (?<repository>[^\s:]+(?: \([^)\n]*\))?): (?<reason>[^\n]+)/,
        says: ({ artifact, repository, reason }) => `${artifact} cannot be fetched from ${repository}: ${reason}`,
    },
    {
        code: codes.MAVEN_REPOSITORY_REFUSED,
        seen: /(?:status code: (?<status>401|403|407|5\d\d),|status: (?<other>401|403|407|5\d\d) )/,
        says: ({ status, other }) => `A Maven repository answered ${status ?? other}`,
    },
    {
        code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /Cannot access (?<repository>\S+ \([^)\n]*\)) in offline mode and the artifact (?<artifact>\S+) has not been downloaded/,
        says: ({ repository, artifact }) => `${artifact} is not in the local repository, and Maven is offline: ${repository} was not asked`,
        remedy: () => 'Remove -o (--offline) from maven-args, .mvn/maven.config or the settings, or cache the local repository (~/.m2/repository) with a key of the poms.',
    },
    {
        code: codes.MAVEN_PLUGIN_NOT_FOUND,
        seen: /Unresolveable build extension: Plugin (?<plugin>\S+) or one of its dependencies could not be resolved/,
        says: ({ plugin }) => `The build extension ${plugin} is in none of the configured repositories`,
    },
    {
        code: codes.MAVEN_PLUGIN_NOT_FOUND,
        seen: /Plugin (?<plugin>\S+) (?:or one of its dependencies could not be resolved|not found in any plugin repository)/,
        says: ({ plugin }) => `The plugin ${plugin}, or something that it needs, is in none of the configured repositories`,
    },
    {
        code: codes.MAVEN_PLUGIN_NOT_FOUND,
        seen: /No plugin found for prefix '(?<prefix>[^']+)'/,
        says: ({ prefix }) => `No plugin has the prefix '${prefix}'`,
        remedy: () => 'Check the goals input for a typing error; a plugin that is not in the pom needs its full coordinates.',
    },
    {
        code: codes.MAVEN_POM_MALFORMED,
        seen: /Non-(?:readable|parseable) POM (?<file>[^:\n]+): (?<reason>[^\n]+)/,
        says: ({ file, reason }) => `${file} cannot be read: ${reason}`,
    },
    {
        code: codes.MAVEN_POM_MALFORMED,
        seen: /Malformed POM (?<file>[^:\n]+): (?<reason>[^\n]+)/,
        says: ({ file, reason }) => `${file} is malformed: ${String(reason).replace(/ +@ \/\S+, line.*$/, '')}`,
    },
    {
        code: codes.MAVEN_JDK_UNSUITABLE,
        seen: /(?<what>(?:invalid|error: invalid) (?:target|source) release: \S+|release version \S+ not supported|Source option \S+ is no longer supported\. Use \S+ or later|has been compiled by a more recent version of the Java Runtime[^\n]*|Unsupported class file major version \d+|Fatal error compiling: [^\n]*release[^\n]*)/,
        says: ({ what }) => `The JDK does not fit: ${what}`,
    },
    {
        code: codes.MAVEN_TEST_SERVER_MISSING,
        seen: /(?<what>Please enter -DtestServer(?:Type|Path)\S*|Test parameters are not found|Error while sending test data to the unit testing server|Cannot run program "[^"]*micro-integrator\.(?:sh|bat)")/,
        says: ({ what }) => `The Synapse unit tests have no Micro Integrator to run in: ${what}`,
    },
    {
        code: codes.MAVEN_TESTS_FAILED,
        seen: /(?<what>There (?:are|were) test failures|Overall unit test failed)/,
        says: () => 'Tests failed',
    },
    {
        code: codes.MAVEN_TEST_REPORT_UNREADABLE,
        seen: /(?<what>The forked VM terminated without (?:properly )?saying (?:properly )?goodbye[^\n]*)/,
        says: ({ what }) => `The process that ran the tests died: ${what}`,
    },
    {
        code: codes.MAVEN_COMPILE_ERROR,
        seen: /(?:COMPILATION ERROR|Compilation failure)/,
        says: () => 'Java code does not compile',
    },
    {
        code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /(?<artifact>[\w.-]+(?::[\w.-]+){2,4}) was not found in (?<repository>\S+) during a previous attempt/,
        says: ({ artifact, repository }) => `The dependency ${artifact} was not in ${repository} when it was last asked`,
        remedy: () => 'Maven remembers that in its local repository: pass -U in maven-args to ask again. If that does not help, check the coordinates and the repositories of the pom or the settings input.',
    },
    {
        code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
        // Maven 3.9: one cause a line.
        seen: /Could not resolve dependencies for project [^\n]*(?:\n[^\n]*){0,20}?\n\s*Could not find artifact (?<artifact>\S+)/,
        says: ({ artifact }) => `The dependency ${artifact} is in none of the configured repositories`,
    },
    {
        code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /Could not resolve dependencies for project [^\n]*?(?:Could not find artifact|The following artifacts could not be resolved:|: )\s*(?<artifact>[\w.-]+(?::[\w.${}-]+){2,4})/,
        says: ({ artifact }) => `The dependency ${artifact} is in none of the configured repositories`,
    },
    {
        code: codes.MAVEN_DEPENDENCY_NOT_FOUND,
        seen: /Non-resolvable (?:parent|import) POM[^\n]*?(?:Could not find artifact|Failure to find) (?<artifact>\S+)/,
        says: ({ artifact }) => `The parent ${artifact} is in none of the configured repositories`,
    },
    {
        code: codes.MAVEN_FAILED,
        seen: /Child (?:module|subproject) (?<module>\S+) of (?<pom>\S+) does not exist/,
        says: ({ module, pom }) => `The module ${module} that ${pom} names does not exist`,
        remedy: () => 'Correct <modules> in the pom, or commit the folder (submodules: checkout with submodules: true).',
    },
    {
        code: codes.MAVEN_POM_MALFORMED,
        // The problems stand below the project, the projects below this line.
        seen: /The build could not read \d+ projects?(?:[^\n]*\n)\s*The project [^\n]*?\((?<file>[^)\n]+)\) has (?<count>\d+) errors?\s*\n\s*(?<problem>[^\n]+)/,
        says: ({ file, count, problem }) => {
            const more = Number(count) > 1 ? ` (and ${Number(count) - 1} more)` : '';
            return `${file} is not valid: ${problem}${more}`;
        },
    },
    {
        code: codes.MAVEN_FAILED,
        seen: /(?:Unknown lifecycle phase "(?<phase>[^"]+)"|Unrecognized option: (?<option>\S+))/,
        says: ({ phase, option }) => phase === undefined ? `Maven does not know the option ${option}` : `Maven does not know the phase '${phase}'`,
        remedy: () => 'Correct the goals or maven-args input.',
    },
    {
        code: codes.MAVEN_FAILED,
        seen: /The requested (?:required )?profiles? [["]?(?<profile>[^\]"\s]+)[\]"]? could not be activated|profiles \[(?<profiles>[^\]]+)\] (?:could not be activated or deactivated )?because (?:it|they) do(?:es)? not exist/,
        says: ({ profile, profiles }) => `The profile ${profile ?? profiles} does not exist`,
        remedy: () => 'Correct the profiles input.',
    },
    {
        code: codes.MAVEN_CAR_PLUGIN_FAILED,
        seen: /Failed to execute goal org\.wso2\.maven:(?:vscode-car-plugin|maven-car-plugin):(?<version>[^:\s]+):(?<goal>\S+) [^\n]*?failed: (?<reason>[^\n]+)/,
        says: ({ reason }) => `The CAR plugin stopped: ${reason}`,
    },
    {
        code: codes.MAVEN_GOAL_FAILED,
        // Some plugins begin their reason on the next line.
        seen: /Failed to execute goal (?<goal>[^\s:]+:[^\s]+) (?:\([^)]*\) )?on project (?<project>[^:\s]+): *\n?(?<reason>[^\n]*failed with message:\n[^\n]+|[^\n]+)/,
        says: ({ goal, project, reason }) => `${goal} failed on ${project}: ${reason}`,
    },
];
/**
 * Finds out why Maven failed.
 * @param words what Maven said: error lines without their tags, then the plain lines of standard error
 * @param exitCode null when the process was killed
 */
function diagnose(words, exitCode) {
    const text = words.join('\n');
    for (const { code, seen, says, remedy } of known) {
        const match = seen.exec(text);
        if (match === null)
            continue;
        const groups = match.groups ?? {};
        return {
            code,
            message: (0,base_text/* oneLine */.TN)(says(groups).replace(/ -> \[Help \d+\]/g, ''), 600),
            ...(remedy !== undefined && { remedy: remedy(groups) }),
        };
    }
    if (exitCode === 137 || exitCode === null) {
        return {
            code: codes.MAVEN_OUT_OF_MEMORY,
            message: 'Maven was killed (exit code 137): most often the runner had no memory left',
        };
    }
    const first = words.find((word) => word.trim() !== '');
    return {
        code: codes.MAVEN_FAILED,
        message: `Maven ended with exit code ${exitCode}${first === undefined ? '' : `: ${(0,base_text/* oneLine */.TN)(first, 400)}`}`,
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/live-log.ts

/** Nested runs since Maven 3.9 print a thousand of these, because --no-transfer-progress does not reach them. */
const progressLine = /^(?:\[INFO\] \[stdout\] )?Progress \(\d+\): /;
/** Groups cannot be nested on GitHub, so they follow each other; what is written is queued, never lost or reordered. */
function liveLog(log) {
    let queue = Promise.resolve();
    let openSince;
    let close = () => undefined;
    let closed = Promise.resolve();
    const then = (act) => {
        queue = queue.then(act);
    };
    const openGroup = (title) => then(() => {
        closed = log.group(title, () => new Promise((resolve) => {
            close = resolve;
        }));
    });
    const closeGroup = (at) => {
        if (openSince === undefined)
            return;
        const { title, at: started } = openSince;
        openSince = undefined;
        then(async () => {
            close();
            await closed;
            if (at - started >= 1000)
                log.info(`${title}: ${(0,duration/* formatDuration */.a)(at - started)}`);
        });
    };
    return {
        write(line, event, at) {
            if (progressLine.test(line))
                return;
            if (event?.kind === 'module' || event?.kind === 'goal' || event?.kind === 'end')
                closeGroup(at);
            if (event?.kind === 'module')
                then(() => log.info(titleOf(event)));
            if (event?.kind === 'goal') {
                openSince = { title: titleOf(event), at };
                openGroup(openSince.title);
            }
            then(() => log.info(line));
        },
        async end(at) {
            closeGroup(at);
            await queue;
        },
    };
}
function titleOf(event) {
    if (event.kind === 'goal')
        return `${event.module}: ${event.plugin}:${event.goal}`;
    return event.position === undefined ? event.name : `${event.name} (${event.position})`;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./packages/shared/src/maven/nested-maven.ts
/** Prepares what the Maven runs inside the CAR plugin need to see of the settings. */



/**
 * They read settings from the user's home alone, so they get one: a private folder with the given settings, and with
 * the user's own security settings and toolchains beside it. The local repository stays where it is.
 * @param settings absolute; undefined when the workflow gives none
 * @param mavenArguments what the user passes to the outer run
 */
async function prepareNestedMaven(settings, mavenArguments, files) {
    const option = '-Dmaven.repo.local=';
    const asked = mavenArguments.find((argument) => argument.startsWith(option))?.slice(option.length);
    if (settings === undefined)
        return { home: undefined, localRepository: asked };
    const home = await files.privateFolder('maven-home');
    (0,external_node_fs_.mkdirSync)((0,external_node_path_.join)(home, '.m2'));
    (0,external_node_fs_.copyFileSync)(settings, (0,external_node_path_.join)(home, '.m2/settings.xml'));
    // Java takes the home from the user database, not from HOME.
    const own = (0,external_node_path_.join)((0,external_node_os_.userInfo)().homedir, '.m2');
    for (const name of ['settings-security.xml', 'toolchains.xml']) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(own, name)))
            (0,external_node_fs_.copyFileSync)((0,external_node_path_.join)(own, name), (0,external_node_path_.join)(home, '.m2', name));
    }
    const saysItself = /<localRepository>\s*[^<\s]/.test((0,external_node_fs_.readFileSync)(settings, 'utf8'));
    return { home, localRepository: asked ?? (saysItself ? undefined : (0,external_node_path_.join)(own, 'repository')) };
}

// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __nccwpck_require__(8994);
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var formats_malformed = __nccwpck_require__(9529);
;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/StringScanner.js
const emptyString = '';
const surrogatePair = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
/** @private */
class StringScanner {
    constructor(string) {
        this.charCount = this.charLength(string, true);
        this.charIndex = 0;
        this.length = string.length;
        this.multiByteMode = this.charCount !== this.length;
        this.string = string;
        if (this.multiByteMode) {
            let charsToBytes = [];
            // Create a mapping of character indexes to byte indexes. Since the string
            // contains multibyte characters, a byte index may not necessarily align
            // with a character index.
            for (let byteIndex = 0, charIndex = 0; charIndex < this.charCount; ++charIndex) {
                charsToBytes[charIndex] = byteIndex;
                byteIndex += string.codePointAt(byteIndex) > 65535 ? 2 : 1;
            }
            this.charsToBytes = charsToBytes;
        }
    }
    /**
     * Whether the current character index is at the end of the input string.
     */
    get isEnd() {
        return this.charIndex >= this.charCount;
    }
    // -- Protected Methods ------------------------------------------------------
    /**
     * Returns the number of characters in the given string, which may differ from
     * the byte length if the string contains multibyte characters.
     */
    charLength(string, multiByteSafe = this.multiByteMode) {
        // We could get the char length with `[ ...string ].length`, but that's
        // actually slower than replacing surrogate pairs with single-byte
        // characters and then counting the result.
        return multiByteSafe
            ? string.replace(surrogatePair, '_').length
            : string.length;
    }
    // -- Public Methods ---------------------------------------------------------
    /**
     * Advances the scanner by the given number of characters, stopping if the end
     * of the string is reached.
     */
    advance(count = 1) {
        this.charIndex = Math.min(this.charCount, this.charIndex + count);
    }
    /**
     * Returns the byte index of the given character index in the string. The two
     * may differ in strings that contain multibyte characters.
     */
    charIndexToByteIndex(charIndex = this.charIndex) {
        return this.multiByteMode
            ? this.charsToBytes[charIndex] ?? Infinity
            : charIndex;
    }
    /**
     * Consumes and returns the given number of characters if possible, advancing
     * the scanner and stopping if the end of the string is reached.
     *
     * If no characters could be consumed, an empty string will be returned.
     */
    consume(charCount = 1) {
        let chars = this.peek(charCount);
        this.advance(charCount);
        return chars;
    }
    /**
     * Consumes and returns the given number of bytes if possible, advancing the
     * scanner and stopping if the end of the string is reached.
     *
     * It's up to the caller to ensure that the given byte count doesn't split a
     * multibyte character.
     *
     * If no bytes could be consumed, an empty string will be returned.
     */
    consumeBytes(byteCount) {
        let byteIndex = this.charIndexToByteIndex();
        let result = this.string.slice(byteIndex, byteIndex + byteCount);
        this.advance(this.charLength(result));
        return result;
    }
    /**
     * Consumes and returns all characters for which the given function returns
     * `true`, stopping when `false` is returned or the end of the input is
     * reached.
     */
    consumeMatchFn(fn) {
        let { length, multiByteMode, string } = this;
        let startByteIndex = this.charIndexToByteIndex();
        let endByteIndex = startByteIndex;
        if (multiByteMode) {
            while (endByteIndex < length) {
                let char = string[endByteIndex];
                let isSurrogatePair = char >= '\uD800' && char <= '\uDBFF';
                if (isSurrogatePair) {
                    char += string[endByteIndex + 1];
                }
                if (!fn(char)) {
                    break;
                }
                endByteIndex += isSurrogatePair ? 2 : 1;
            }
        }
        else {
            while (endByteIndex < length && fn(string[endByteIndex])) {
                ++endByteIndex;
            }
        }
        return this.consumeBytes(endByteIndex - startByteIndex);
    }
    /**
     * Consumes the given string if it exists at the current character index, and
     * advances the scanner.
     *
     * If the given string doesn't exist at the current character index, an empty
     * string will be returned and the scanner will not be advanced.
     */
    consumeString(stringToConsume) {
        let { length } = stringToConsume;
        let byteIndex = this.charIndexToByteIndex();
        if (stringToConsume === this.string.slice(byteIndex, byteIndex + length)) {
            this.advance(length === 1 ? 1 : this.charLength(stringToConsume));
            return stringToConsume;
        }
        return emptyString;
    }
    /**
     * Consumes characters until the given global regex is matched, advancing the
     * scanner up to (but not beyond) the beginning of the match. If the regex
     * doesn't match, nothing will be consumed.
     *
     * Returns the consumed string, or an empty string if nothing was consumed.
     */
    consumeUntilMatch(regex) {
        let matchByteIndex = this.string
            .slice(this.charIndexToByteIndex())
            .search(regex);
        return matchByteIndex > 0
            ? this.consumeBytes(matchByteIndex)
            : emptyString;
    }
    /**
     * Consumes characters until the given string is found, advancing the scanner
     * up to (but not beyond) that point. If the string is never found, nothing
     * will be consumed.
     *
     * Returns the consumed string, or an empty string if nothing was consumed.
     */
    consumeUntilString(searchString) {
        let byteIndex = this.charIndexToByteIndex();
        let matchByteIndex = this.string.indexOf(searchString, byteIndex);
        return matchByteIndex > 0
            ? this.consumeBytes(matchByteIndex - byteIndex)
            : emptyString;
    }
    /**
     * Returns the given number of characters starting at the current character
     * index, without advancing the scanner and without exceeding the end of the
     * input string.
     */
    peek(count = 1) {
        let { charIndex, string } = this;
        return this.multiByteMode
            ? string.slice(this.charIndexToByteIndex(charIndex), this.charIndexToByteIndex(charIndex + count))
            : string.slice(charIndex, charIndex + count);
    }
    /**
     * Resets the scanner position to the given character _index_, or to the start
     * of the input string if no index is given.
     *
     * If _index_ is negative, the scanner position will be moved backward by that
     * many characters, stopping if the beginning of the string is reached.
     */
    reset(index = 0) {
        this.charIndex = index >= 0
            ? Math.min(this.charCount, index)
            : Math.max(0, this.charIndex + index);
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/syntax.js
/**
 * Regular expression that matches one or more `AttValue` characters in a
 * double-quoted attribute value.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-AttValue
 */
const attValueCharDoubleQuote = /["&<]/;
/**
 * Regular expression that matches one or more `AttValue` characters in a
 * single-quoted attribute value.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-AttValue
 */
const attValueCharSingleQuote = /['&<]/;
/**
 * Regular expression that matches a whitespace character that should be
 * normalized to a space character in an attribute value.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#AVNormalize
 */
const attValueNormalizedWhitespace = /\r\n|[\n\r\t]/g;
/**
 * Regular expression that matches one or more characters that signal the end of
 * XML `CharData` content.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#dt-chardata
 */
const endCharData = /<|&|]]>/;
/**
 * Mapping of predefined entity names to their replacement values.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#sec-predefined-ent
 */
const predefinedEntities = Object.freeze(Object.assign(Object.create(null), {
    amp: '&',
    apos: "'",
    gt: '>',
    lt: '<',
    quot: '"',
}));
/**
 * Returns `true` if _char_ is an XML `NameChar`, `false` if it isn't.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-NameChar
 */
function isNameChar(char) {
    let cp = char.codePointAt(0);
    // Including the most common NameStartChars here improves performance
    // slightly.
    return (cp >= 0x61 && cp <= 0x7A) // a-z
        || (cp >= 0x41 && cp <= 0x5A) // A-Z
        || (cp >= 0x30 && cp <= 0x39) // 0-9
        || cp === 0x2D // -
        || cp === 0x2E // .
        || cp === 0xB7
        || (cp >= 0x300 && cp <= 0x36F)
        || cp === 0x203F
        || cp === 0x2040
        || isNameStartChar(char, cp);
}
/**
 * Returns `true` if _char_ is an XML `NameStartChar`, `false` if it isn't.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-NameStartChar
 */
function isNameStartChar(char, cp = char.codePointAt(0)) {
    return (cp >= 0x61 && cp <= 0x7A) // a-z
        || (cp >= 0x41 && cp <= 0x5A) // A-Z
        || cp === 0x3A // :
        || cp === 0x5F // _
        || (cp >= 0xC0 && cp <= 0xD6)
        || (cp >= 0xD8 && cp <= 0xF6)
        || (cp >= 0xF8 && cp <= 0x2FF)
        || (cp >= 0x370 && cp <= 0x37D)
        || (cp >= 0x37F && cp <= 0x1FFF)
        || cp === 0x200C
        || cp === 0x200D
        || (cp >= 0x2070 && cp <= 0x218F)
        || (cp >= 0x2C00 && cp <= 0x2FEF)
        || (cp >= 0x3001 && cp <= 0xD7FF)
        || (cp >= 0xF900 && cp <= 0xFDCF)
        || (cp >= 0xFDF0 && cp <= 0xFFFD)
        || (cp >= 0x10000 && cp <= 0xEFFFF);
}
/**
 * Returns `true` if _char_ is a valid reference character (which may appear
 * between `&` and `;` in a reference), `false` otherwise.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#sec-references
 */
function isReferenceChar(char) {
    return char === '#' || isNameChar(char);
}
/**
 * Returns `true` if _char_ is an XML whitespace character, `false` otherwise.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#white
 */
function isWhitespace(char) {
    let cp = char.codePointAt(0);
    return cp === 0x20
        || cp === 0x9
        || cp === 0xA
        || cp === 0xD;
}
/**
 * Returns `true` if _codepoint_ is a valid XML `Char` code point, `false`
 * otherwise.
 *
 * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-Char
 */
function isXmlCodePoint(cp) {
    return (cp >= 0x20 && cp <= 0xD7FF)
        || cp === 0xA
        || cp === 0x9
        || cp === 0xD
        || (cp >= 0xE000 && cp <= 0xFFFD)
        || (cp >= 0x10000 && cp <= 0x10FFFF);
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlNode.js
/**
 * Base interface for a node in an XML document.
 */
class XmlNode {
    constructor() {
        /**
         * Parent node of this node, or `null` if this node has no parent.
         */
        this.parent = null;
        /**
         * Starting byte offset of this node in the original XML string, or `-1` if
         * the offset is unknown.
         */
        this.start = -1;
        /**
         * Ending byte offset of this node in the original XML string, or `-1` if the
         * offset is unknown.
         */
        this.end = -1;
    }
    /**
     * Document that contains this node, or `null` if this node is not associated
     * with a document.
     */
    get document() {
        return this.parent?.document ?? null;
    }
    /**
     * Whether this node is the root node of the document (also known as the
     * document element).
     */
    get isRootNode() {
        return this.parent !== null
            && this.parent === this.document
            && this.type === XmlNode.TYPE_ELEMENT;
    }
    /**
     * Whether whitespace should be preserved in the content of this element and
     * its children.
     *
     * This is influenced by the value of the special `xml:space` attribute, and
     * will be `true` for any node whose `xml:space` attribute is set to
     * "preserve". If a node has no such attribute, it will inherit the value of
     * the nearest ancestor that does (if any).
     *
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#sec-white-space
     */
    get preserveWhitespace() {
        return !!this.parent?.preserveWhitespace;
    }
    /**
     * Type of this node.
     *
     * The value of this property is a string that matches one of the static
     * `TYPE_*` properties on the `XmlNode` class (e.g. `TYPE_ELEMENT`,
     * `TYPE_TEXT`, etc.).
     *
     * The `XmlNode` class itself is a base class and doesn't have its own type
     * name.
     */
    get type() {
        return '';
    }
    /**
     * Returns a JSON-serializable object representing this node, minus properties
     * that could result in circular references.
     */
    toJSON() {
        let json = {
            type: this.type,
        };
        if (this.isRootNode) {
            json.isRootNode = true;
        }
        if (this.preserveWhitespace) {
            json.preserveWhitespace = true;
        }
        if (this.start !== -1) {
            json.start = this.start;
            json.end = this.end;
        }
        return json;
    }
}
/**
 * Type value for an `XmlCdata` node.
 */
XmlNode.TYPE_CDATA = 'cdata';
/**
 * Type value for an `XmlComment` node.
 */
XmlNode.TYPE_COMMENT = 'comment';
/**
 * Type value for an `XmlDocument` node.
 */
XmlNode.TYPE_DOCUMENT = 'document';
/**
 * Type value for an `XmlDocumentType` node.
 */
XmlNode.TYPE_DOCUMENT_TYPE = 'doctype';
/**
 * Type value for an `XmlElement` node.
 */
XmlNode.TYPE_ELEMENT = 'element';
/**
 * Type value for an `XmlProcessingInstruction` node.
 */
XmlNode.TYPE_PROCESSING_INSTRUCTION = 'pi';
/**
 * Type value for an `XmlText` node.
 */
XmlNode.TYPE_TEXT = 'text';
/**
 * Type value for an `XmlDeclaration` node.
 */
XmlNode.TYPE_XML_DECLARATION = 'xmldecl';

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlText.js

/**
 * Text content within an XML document.
 */
class XmlText extends XmlNode {
    constructor(text = '') {
        super();
        this.text = text;
    }
    get type() {
        return XmlNode.TYPE_TEXT;
    }
    toJSON() {
        return Object.assign(XmlNode.prototype.toJSON.call(this), {
            text: this.text,
        });
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlCdata.js


/**
 * A CDATA section within an XML document.
 */
class XmlCdata extends XmlText {
    get type() {
        return XmlNode.TYPE_CDATA;
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlComment.js

/**
 * A comment within an XML document.
 */
class XmlComment extends XmlNode {
    constructor(content = '') {
        super();
        this.content = content;
    }
    get type() {
        return XmlNode.TYPE_COMMENT;
    }
    toJSON() {
        return Object.assign(XmlNode.prototype.toJSON.call(this), {
            content: this.content,
        });
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlDeclaration.js

/**
 * An XML declaration within an XML document.
 *
 * @example
 *
 * ```xml
 * <?xml version="1.0" encoding="UTF-8"?>
 * ```
 */
class XmlDeclaration extends XmlNode {
    constructor(version, encoding, standalone) {
        super();
        this.version = version;
        this.encoding = encoding ?? null;
        this.standalone = standalone ?? null;
    }
    get type() {
        return XmlNode.TYPE_XML_DECLARATION;
    }
    toJSON() {
        let json = XmlNode.prototype.toJSON.call(this);
        json.version = this.version;
        for (let key of ['encoding', 'standalone']) {
            if (this[key] !== null) {
                json[key] = this[key];
            }
        }
        return json;
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlElement.js

/**
 * Element in an XML document.
 */
class XmlElement extends XmlNode {
    constructor(name, attributes = Object.create(null), children = []) {
        super();
        this.name = name;
        this.attributes = attributes;
        this.children = children;
    }
    /**
     * Whether this element is empty (meaning it has no children).
     */
    get isEmpty() {
        return this.children.length === 0;
    }
    get preserveWhitespace() {
        let node = this; // eslint-disable-line @typescript-eslint/no-this-alias
        while (node instanceof XmlElement) {
            if ('xml:space' in node.attributes) {
                return node.attributes['xml:space'] === 'preserve';
            }
            node = node.parent;
        }
        return false;
    }
    /**
     * Text content of this element and all its descendants.
     */
    get text() {
        return this.children
            .map(child => 'text' in child ? child.text : '')
            .join('');
    }
    get type() {
        return XmlNode.TYPE_ELEMENT;
    }
    toJSON() {
        return Object.assign(XmlNode.prototype.toJSON.call(this), {
            name: this.name,
            attributes: this.attributes,
            children: this.children.map(child => child.toJSON()),
        });
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlDocument.js


/**
 * Represents an XML document. All elements within the document are descendants
 * of this node.
 */
class XmlDocument extends XmlNode {
    constructor(children = []) {
        super();
        this.children = children;
    }
    get document() {
        return this;
    }
    /**
     * Root element of this document, or `null` if this document is empty.
     */
    get root() {
        for (let child of this.children) {
            if (child instanceof XmlElement) {
                return child;
            }
        }
        return null;
    }
    /**
     * Text content of this document and all its descendants.
     */
    get text() {
        return this.children
            .map(child => 'text' in child ? child.text : '')
            .join('');
    }
    get type() {
        return XmlNode.TYPE_DOCUMENT;
    }
    toJSON() {
        return Object.assign(XmlNode.prototype.toJSON.call(this), {
            children: this.children.map(child => child.toJSON()),
        });
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlDocumentType.js

/**
 * A document type declaration within an XML document.
 *
 * @example
 *
 * ```xml
 * <!DOCTYPE kittens [
 *   <!ELEMENT kittens (#PCDATA)>
 * ]>
 * ```
 */
class XmlDocumentType extends XmlNode {
    constructor(name, publicId, systemId, internalSubset) {
        super();
        this.name = name;
        this.publicId = publicId ?? null;
        this.systemId = systemId ?? null;
        this.internalSubset = internalSubset ?? null;
    }
    get type() {
        return XmlNode.TYPE_DOCUMENT_TYPE;
    }
    toJSON() {
        let json = XmlNode.prototype.toJSON.call(this);
        json.name = this.name;
        for (let key of ['publicId', 'systemId', 'internalSubset']) {
            if (this[key] !== null) {
                json[key] = this[key];
            }
        }
        return json;
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlError.js
/**
 * An error that occurred while parsing XML.
 */
class XmlError extends Error {
    constructor(message, charIndex, xml) {
        let column = 1;
        let excerpt = '';
        let line = 1;
        // Find the line and column where the error occurred.
        for (let i = 0; i < charIndex; ++i) {
            let char = xml[i];
            if (char === '\n') {
                column = 1;
                excerpt = '';
                line += 1;
            }
            else {
                column += 1;
                excerpt += char;
            }
        }
        let eol = xml.indexOf('\n', charIndex);
        excerpt += eol === -1
            ? xml.slice(charIndex)
            : xml.slice(charIndex, eol);
        let excerptStart = 0;
        // Keep the excerpt below 50 chars, but always keep the error position in
        // view.
        if (excerpt.length > 50) {
            if (column < 40) {
                excerpt = excerpt.slice(0, 50);
            }
            else {
                excerptStart = column - 20;
                excerpt = excerpt.slice(excerptStart, column + 30);
            }
        }
        super(`${message} (line ${line}, column ${column})\n`
            + `  ${excerpt}\n`
            + ' '.repeat(column - excerptStart + 1) + '^\n');
        this.column = column;
        this.excerpt = excerpt;
        this.line = line;
        this.name = 'XmlError';
        this.pos = charIndex;
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlProcessingInstruction.js

/**
 * A processing instruction within an XML document.
 */
class XmlProcessingInstruction extends XmlNode {
    constructor(name, content = '') {
        super();
        this.name = name;
        this.content = content;
    }
    get type() {
        return XmlNode.TYPE_PROCESSING_INSTRUCTION;
    }
    toJSON() {
        return Object.assign(XmlNode.prototype.toJSON.call(this), {
            name: this.name,
            content: this.content,
        });
    }
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/Parser.js












const Parser_emptyString = '';
/**
 * Parses an XML string into an `XmlDocument`.
 *
 * @private
 */
class Parser {
    /**
     * @param xml XML string to parse.
     * @param options Parser options.
     */
    constructor(xml, options = {}) {
        let doc = this.document = new XmlDocument();
        this.currentNode = doc;
        this.options = options;
        this.scanner = new StringScanner(xml);
        if (this.options.includeOffsets) {
            doc.start = 0;
            doc.end = xml.length;
        }
        this.parse();
    }
    /**
     * Adds the given `XmlNode` as a child of `this.currentNode`.
     */
    addNode(node, charIndex) {
        node.parent = this.currentNode;
        if (this.options.includeOffsets) {
            node.start = this.scanner.charIndexToByteIndex(charIndex);
            node.end = this.scanner.charIndexToByteIndex();
        }
        // @ts-expect-error: XmlDocument has a more limited set of possible children
        // than XmlElement so TypeScript is unhappy, but we always do the right
        // thing.
        this.currentNode.children.push(node);
        return true;
    }
    /**
     * Adds the given _text_ to the document, either by appending it to a
     * preceding `XmlText` node (if possible) or by creating a new `XmlText` node.
     *
     * When _normalize_ is `true` (the default), line breaks in _text_ are
     * normalized per section 2.11 of the XML spec. This must be `false` for text
     * that comes from a character or entity reference, since references aren't
     * subject to line break normalization.
     */
    addText(text, charIndex, normalize = true) {
        let { children } = this.currentNode;
        let { length } = children;
        if (normalize) {
            text = normalizeLineBreaks(text);
        }
        if (length > 0) {
            let prevNode = children[length - 1];
            if (prevNode?.type === XmlNode.TYPE_TEXT) {
                let textNode = prevNode;
                // The previous node is a text node, so we can append to it and avoid
                // creating another node.
                textNode.text += text;
                if (this.options.includeOffsets) {
                    textNode.end = this.scanner.charIndexToByteIndex();
                }
                return true;
            }
        }
        return this.addNode(new XmlText(text), charIndex);
    }
    /**
     * Consumes element attributes.
     *
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#sec-starttags
     */
    consumeAttributes() {
        let attributes = Object.create(null);
        while (this.consumeWhitespace()) {
            let attrName = this.consumeName();
            if (!attrName) {
                break;
            }
            let attrValue = this.consumeEqual() && this.consumeAttributeValue();
            if (attrValue === false) {
                throw this.error('Attribute value expected');
            }
            if (attrName in attributes) {
                throw this.error(`Duplicate attribute: ${attrName}`);
            }
            if (attrName === 'xml:space'
                && attrValue !== 'default'
                && attrValue !== 'preserve') {
                throw this.error('Value of the `xml:space` attribute must be "default" or "preserve"');
            }
            attributes[attrName] = attrValue;
        }
        if (this.options.sortAttributes) {
            let attrNames = Object.keys(attributes).sort();
            let sortedAttributes = Object.create(null);
            for (let i = 0; i < attrNames.length; ++i) {
                let attrName = attrNames[i];
                sortedAttributes[attrName] = attributes[attrName];
            }
            attributes = sortedAttributes;
        }
        return attributes;
    }
    /**
     * Consumes an `AttValue` (attribute value) if possible.
     *
     * @returns
     *   Contents of the `AttValue` minus quotes, or `false` if nothing was
     *   consumed. An empty string indicates that an `AttValue` was consumed but
     *   was empty.
     *
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-AttValue
     */
    consumeAttributeValue() {
        let { scanner } = this;
        let quote = scanner.peek();
        if (quote !== '"' && quote !== "'") {
            return false;
        }
        scanner.advance();
        let chars;
        let isClosed = false;
        let value = Parser_emptyString;
        let regex = quote === '"'
            ? attValueCharDoubleQuote
            : attValueCharSingleQuote;
        matchLoop: while (!scanner.isEnd) {
            chars = scanner.consumeUntilMatch(regex);
            if (chars) {
                this.validateChars(chars);
                value += chars.replace(attValueNormalizedWhitespace, ' ');
            }
            switch (scanner.peek()) {
                case quote:
                    isClosed = true;
                    break matchLoop;
                case '&':
                    value += this.consumeReference();
                    continue;
                case '<':
                    throw this.error('Unescaped `<` is not allowed in an attribute value');
                default:
                    break matchLoop;
            }
        }
        if (!isClosed) {
            throw this.error('Unclosed attribute');
        }
        scanner.advance();
        return value;
    }
    /**
     * Consumes a CDATA section if possible.
     *
     * @returns Whether a CDATA section was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#sec-cdata-sect
     */
    consumeCdataSection() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        if (!scanner.consumeString('<![CDATA[')) {
            return false;
        }
        let text = scanner.consumeUntilString(']]>');
        this.validateChars(text);
        if (!scanner.consumeString(']]>')) {
            throw this.error('Unclosed CDATA section');
        }
        return this.options.preserveCdata
            ? this.addNode(new XmlCdata(normalizeLineBreaks(text)), startIndex)
            : this.addText(text, startIndex);
    }
    /**
     * Consumes character data if possible.
     *
     * @returns Whether character data was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#dt-chardata
     */
    consumeCharData() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        let charData = scanner.consumeUntilMatch(endCharData);
        if (!charData) {
            return false;
        }
        this.validateChars(charData);
        if (scanner.peek(3) === ']]>') {
            throw this.error('Element content may not contain the CDATA section close delimiter `]]>`');
        }
        return this.addText(charData, startIndex);
    }
    /**
     * Consumes a comment if possible.
     *
     * @returns Whether a comment was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-Comment
     */
    consumeComment() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        if (!scanner.consumeString('<!--')) {
            return false;
        }
        let content = scanner.consumeUntilString('--');
        this.validateChars(content);
        if (!scanner.consumeString('-->')) {
            if (scanner.peek(2) === '--') {
                throw this.error("The string `--` isn't allowed inside a comment");
            }
            throw this.error('Unclosed comment');
        }
        return this.options.preserveComments
            ? this.addNode(new XmlComment(normalizeLineBreaks(content)), startIndex)
            : true;
    }
    /**
     * Consumes a reference in a content context if possible.
     *
     * This differs from `consumeReference()` in that a consumed reference will be
     * added to the document as a text node instead of returned.
     *
     * @returns Whether a reference was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#entproc
     */
    consumeContentReference() {
        let startIndex = this.scanner.charIndex;
        let ref = this.consumeReference();
        return ref
            ? this.addText(ref, startIndex, false)
            : false;
    }
    /**
     * Consumes a doctype declaration if possible.
     *
     * This is a loose implementation since doctype declarations are currently
     * discarded without further parsing.
     *
     * @returns Whether a doctype declaration was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#dtd
     */
    consumeDoctypeDeclaration() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        if (!scanner.consumeString('<!DOCTYPE')) {
            return false;
        }
        let name = this.consumeWhitespace()
            && this.consumeName();
        if (!name) {
            throw this.error('Expected a name');
        }
        let publicId;
        let systemId;
        if (this.consumeWhitespace()) {
            if (scanner.consumeString('PUBLIC')) {
                publicId = this.consumeWhitespace()
                    && this.consumePubidLiteral();
                if (publicId === false) {
                    throw this.error('Expected a public identifier');
                }
                this.consumeWhitespace();
            }
            if (publicId !== undefined || scanner.consumeString('SYSTEM')) {
                this.consumeWhitespace();
                systemId = this.consumeSystemLiteral();
                if (systemId === false) {
                    throw this.error('Expected a system identifier');
                }
                this.consumeWhitespace();
            }
        }
        let internalSubset;
        if (scanner.consumeString('[')) {
            // The internal subset may contain comments that contain `]` characters,
            // so we can't use `consumeUntilString()` here.
            internalSubset = scanner.consumeUntilMatch(/\][\x20\t\r\n]*>/);
            if (!scanner.consumeString(']')) {
                throw this.error('Unclosed internal subset');
            }
            this.consumeWhitespace();
        }
        if (!scanner.consumeString('>')) {
            throw this.error('Unclosed doctype declaration');
        }
        return this.options.preserveDocumentType
            ? this.addNode(new XmlDocumentType(name, publicId, systemId, internalSubset), startIndex)
            : true;
    }
    /**
     * Consumes an element if possible.
     *
     * @returns Whether an element was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-element
     */
    consumeElement() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        if (!scanner.consumeString('<')) {
            return false;
        }
        let name = this.consumeName();
        if (!name) {
            scanner.reset(startIndex);
            return false;
        }
        let attributes = this.consumeAttributes();
        let isEmpty = !!scanner.consumeString('/>');
        let element = new XmlElement(name, attributes);
        element.parent = this.currentNode;
        if (!isEmpty) {
            if (!scanner.consumeString('>')) {
                throw this.error(`Unclosed start tag for element \`${name}\``);
            }
            this.currentNode = element;
            do {
                this.consumeCharData();
            } while (this.consumeElement()
                || this.consumeContentReference()
                || this.consumeCdataSection()
                || this.consumeProcessingInstruction()
                || this.consumeComment());
            let endTagMark = scanner.charIndex;
            let endTagName;
            if (!scanner.consumeString('</')
                || !(endTagName = this.consumeName())
                || endTagName !== name) {
                scanner.reset(endTagMark);
                throw this.error(`Missing end tag for element ${name}`);
            }
            this.consumeWhitespace();
            if (!scanner.consumeString('>')) {
                throw this.error(`Unclosed end tag for element ${name}`);
            }
            this.currentNode = element.parent;
        }
        return this.addNode(element, startIndex);
    }
    /**
     * Consumes an `Eq` production if possible.
     *
     * @returns Whether an `Eq` production was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-Eq
     */
    consumeEqual() {
        this.consumeWhitespace();
        if (this.scanner.consumeString('=')) {
            this.consumeWhitespace();
            return true;
        }
        return false;
    }
    /**
     * Consumes `Misc` content if possible.
     *
     * @returns Whether anything was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-Misc
     */
    consumeMisc() {
        return this.consumeComment()
            || this.consumeProcessingInstruction()
            || this.consumeWhitespace();
    }
    /**
     * Consumes one or more `Name` characters if possible.
     *
     * @returns `Name` characters, or an empty string if none were consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-Name
     */
    consumeName() {
        return isNameStartChar(this.scanner.peek())
            ? this.scanner.consumeMatchFn(isNameChar)
            : Parser_emptyString;
    }
    /**
     * Consumes a processing instruction if possible.
     *
     * @returns Whether a processing instruction was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#sec-pi
     */
    consumeProcessingInstruction() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        if (!scanner.consumeString('<?')) {
            return false;
        }
        let name = this.consumeName();
        if (name) {
            if (name.toLowerCase() === 'xml') {
                scanner.reset(startIndex);
                throw this.error("XML declaration isn't allowed here");
            }
        }
        else {
            throw this.error('Invalid processing instruction');
        }
        if (!this.consumeWhitespace()) {
            if (scanner.consumeString('?>')) {
                return this.addNode(new XmlProcessingInstruction(name), startIndex);
            }
            throw this.error('Whitespace is required after a processing instruction name');
        }
        let content = scanner.consumeUntilString('?>');
        this.validateChars(content);
        if (!scanner.consumeString('?>')) {
            throw this.error('Unterminated processing instruction');
        }
        return this.addNode(new XmlProcessingInstruction(name, normalizeLineBreaks(content)), startIndex);
    }
    /**
     * Consumes a prolog if possible.
     *
     * @returns Whether a prolog was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#sec-prolog-dtd
     */
    consumeProlog() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        this.consumeXmlDeclaration();
        while (this.consumeMisc()) { } // eslint-disable-line no-empty
        if (this.consumeDoctypeDeclaration()) {
            while (this.consumeMisc()) { } // eslint-disable-line no-empty
        }
        return startIndex < scanner.charIndex;
    }
    /**
     * Consumes a public identifier literal if possible.
     *
     * @returns
     *   Value of the public identifier literal minus quotes, or `false` if
     *   nothing was consumed. An empty string indicates that a public id literal
     *   was consumed but was empty.
     *
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-PubidLiteral
     */
    consumePubidLiteral() {
        let startIndex = this.scanner.charIndex;
        let value = this.consumeSystemLiteral();
        if (value !== false && !/^[-\x20\r\na-zA-Z0-9'()+,./:=?;!*#@$_%]*$/.test(value)) {
            this.scanner.reset(startIndex);
            throw this.error('Invalid character in public identifier');
        }
        return value;
    }
    /**
     * Consumes a reference if possible.
     *
     * This differs from `consumeContentReference()` in that a consumed reference
     * will be returned rather than added to the document.
     *
     * @returns
     *   Parsed reference value, or `false` if nothing was consumed (to
     *   distinguish from a reference that resolves to an empty string).
     *
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-Reference
     */
    consumeReference() {
        let { scanner } = this;
        if (!scanner.consumeString('&')) {
            return false;
        }
        let ref = scanner.consumeMatchFn(isReferenceChar);
        if (scanner.consume() !== ';') {
            throw this.error('Unterminated reference (a reference must end with `;`)');
        }
        let parsedValue;
        if (ref[0] === '#') {
            // This is a character reference.
            let codePoint = ref[1] === 'x'
                ? parseInt(ref.slice(2), 16) // Hex codepoint.
                : parseInt(ref.slice(1), 10); // Decimal codepoint.
            if (isNaN(codePoint)
                || !/^#(?:x[0-9A-Fa-f]+|[0-9]+)$/.test(ref)) {
                throw this.error('Invalid character reference');
            }
            if (!isXmlCodePoint(codePoint)) {
                throw this.error('Character reference resolves to an invalid character');
            }
            parsedValue = String.fromCodePoint(codePoint);
        }
        else {
            // This is an entity reference.
            parsedValue = predefinedEntities[ref];
            if (parsedValue === undefined) {
                let { ignoreUndefinedEntities, resolveUndefinedEntity, } = this.options;
                let wrappedRef = `&${ref};`; // for backcompat with <= 2.x
                if (resolveUndefinedEntity) {
                    let resolvedValue = resolveUndefinedEntity(wrappedRef);
                    if (resolvedValue !== null && resolvedValue !== undefined) {
                        let type = typeof resolvedValue;
                        if (type !== 'string') {
                            throw new TypeError(`\`resolveUndefinedEntity()\` must return a string, \`null\`, or \`undefined\`, but returned a value of type ${type}`);
                        }
                        return resolvedValue;
                    }
                }
                if (ignoreUndefinedEntities) {
                    return wrappedRef;
                }
                scanner.reset(-wrappedRef.length);
                throw this.error(`Named entity isn't defined: ${wrappedRef}`);
            }
        }
        return parsedValue;
    }
    /**
     * Consumes a `SystemLiteral` if possible.
     *
     * A `SystemLiteral` is similar to an attribute value, but allows the
     * characters `<` and `&` and doesn't replace references.
     *
     * @returns
     *   Value of the `SystemLiteral` minus quotes, or `false` if nothing was
     *   consumed. An empty string indicates that a `SystemLiteral` was consumed
     *   but was empty.
     *
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-SystemLiteral
     */
    consumeSystemLiteral() {
        let { scanner } = this;
        let quote = scanner.consumeString('"') || scanner.consumeString("'");
        if (!quote) {
            return false;
        }
        let value = scanner.consumeUntilString(quote);
        this.validateChars(value);
        if (!scanner.consumeString(quote)) {
            throw this.error('Missing end quote');
        }
        return value;
    }
    /**
     * Consumes one or more whitespace characters if possible.
     *
     * @returns Whether any whitespace characters were consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#white
     */
    consumeWhitespace() {
        return !!this.scanner.consumeMatchFn(isWhitespace);
    }
    /**
     * Consumes an XML declaration if possible.
     *
     * @returns Whether an XML declaration was consumed.
     * @see https://www.w3.org/TR/2008/REC-xml-20081126/#NT-XMLDecl
     */
    consumeXmlDeclaration() {
        let { scanner } = this;
        let startIndex = scanner.charIndex;
        if (!scanner.consumeString('<?xml')) {
            return false;
        }
        // `<?xml` begins an XML declaration only when it's immediately followed by
        // whitespace. If the next character is a name character, this is a
        // processing instruction whose target merely begins with "xml" (e.g.
        // `<?xml-stylesheet ... ?>`); rewind and let it be parsed as a PI.
        if (isNameChar(scanner.peek())) {
            scanner.reset(startIndex);
            return false;
        }
        if (!this.consumeWhitespace()) {
            throw this.error('Invalid XML declaration');
        }
        let version = !!scanner.consumeString('version')
            && this.consumeEqual()
            && this.consumeSystemLiteral();
        if (version === false) {
            throw this.error('XML version is missing or invalid');
        }
        else if (!/^1\.[0-9]+$/.test(version)) {
            throw this.error('Invalid character in version number');
        }
        let encoding;
        let standalone;
        if (this.consumeWhitespace()) {
            encoding = !!scanner.consumeString('encoding')
                && this.consumeEqual()
                && this.consumeSystemLiteral();
            if (encoding) {
                if (!/^[A-Za-z][\w.-]*$/.test(encoding)) {
                    throw this.error('Invalid character in encoding name');
                }
                this.consumeWhitespace();
            }
            standalone = !!scanner.consumeString('standalone')
                && this.consumeEqual()
                && this.consumeSystemLiteral();
            if (standalone) {
                if (standalone !== 'yes' && standalone !== 'no') {
                    throw this.error('Only "yes" and "no" are permitted as values of `standalone`');
                }
                this.consumeWhitespace();
            }
        }
        if (!scanner.consumeString('?>')) {
            throw this.error('Invalid or unclosed XML declaration');
        }
        return this.options.preserveXmlDeclaration
            ? this.addNode(new XmlDeclaration(version, encoding || undefined, standalone || undefined), startIndex)
            : true;
    }
    /**
     * Returns an `XmlError` for the current scanner position.
     */
    error(message) {
        let { scanner } = this;
        return new XmlError(message, scanner.charIndex, scanner.string);
    }
    /**
     * Parses the XML input.
     */
    parse() {
        this.scanner.consumeString('\uFEFF'); // byte order mark
        this.consumeProlog();
        if (!this.consumeElement()) {
            throw this.error('Root element is missing or invalid');
        }
        while (this.consumeMisc()) { } // eslint-disable-line no-empty
        if (!this.scanner.isEnd) {
            throw this.error('Extra content at the end of the document');
        }
    }
    /**
     * Throws an invalid character error if any character in the given _string_
     * isn't a valid XML character.
     */
    validateChars(string) {
        let { length } = string;
        for (let i = 0; i < length; ++i) {
            let cp = string.codePointAt(i);
            if (!isXmlCodePoint(cp)) {
                this.scanner.reset(-([...string].length - i));
                throw this.error('Invalid character');
            }
            if (cp > 65535) {
                i += 1;
            }
        }
    }
}
// -- Private Functions --------------------------------------------------------
/**
 * Normalizes line breaks in the given text by replacing CRLF sequences and lone
 * CR characters with LF characters.
 */
function normalizeLineBreaks(text) {
    let i = 0;
    while ((i = text.indexOf('\r', i)) !== -1) {
        text = text[i + 1] === '\n'
            ? text.slice(0, i) + text.slice(i + 1)
            : text.slice(0, i) + '\n' + text.slice(i + 1);
    }
    return text;
}

;// CONCATENATED MODULE: ./node_modules/@rgrove/parse-xml/dist/index.js












/**
 * Parses the given XML string and returns an `XmlDocument` instance
 * representing the document tree.
 *
 * @example
 *
 * import { parseXml } from '@rgrove/parse-xml';
 * let doc = parseXml('<kittens fuzzy="yes">I like fuzzy kittens.</kittens>');
 *
 * @param xml XML string to parse.
 * @param options Parser options.
 */
function parseXml(xml, options) {
    return (new Parser(xml, options)).document;
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/plain-xml.ts
const plain_xml_name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const attribute = `\\s+${plain_xml_name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`;
const startTag = new RegExp(`<(${plain_xml_name})((?:${attribute})*)\\s*(/?)>`, 'y');
const endTag = new RegExp(`</(${plain_xml_name})\\s*>`, 'y');
const attributes = new RegExp(`(${plain_xml_name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const declaration = /^<\?xml version="1\.0"(?: encoding="[A-Za-z][\w.-]*")?(?: standalone="(?:yes|no)")?\s*\?>/;
const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** The root element, or undefined for a document that is not plain (or not well-formed). */
function parsePlainXml(source, maxDepth) {
    // Beyond these characters, and where attributes have a meaning of their own, the complete parser knows better.
    if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/.test(source) || source.includes('xml:'))
        return undefined;
    const xml = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
    const stack = [];
    let root;
    let at = xml.startsWith('<?xml') ? (declaration.exec(xml)?.[0].length ?? -1) : 0;
    if (at === -1)
        return undefined;
    let line = 1;
    let counted = 0;
    for (;;) {
        const next = xml.indexOf('<', at);
        const text = xml.slice(at, next === -1 ? undefined : next);
        const top = stack.at(-1)?.element;
        if (text !== '') {
            if (top === undefined) {
                if (/[^\t\n ]/.test(text))
                    return undefined;
            }
            else {
                const plain = decoded(text);
                if (plain === undefined || text.includes(']]>'))
                    return undefined;
                top.text += plain;
            }
        }
        if (next === -1)
            return stack.length === 0 ? root : undefined;
        for (let newline = xml.indexOf('\n', counted); newline !== -1 && newline < next; newline = xml.indexOf('\n', counted)) {
            line++;
            counted = newline + 1;
        }
        const kind = xml[next + 1];
        if (kind === '!') {
            const end = skipped(xml, next);
            if (end === undefined)
                return undefined;
            if (xml.startsWith('<![CDATA[', next)) {
                if (top === undefined)
                    return undefined;
                top.text += xml.slice(next + 9, end - 3);
            }
            at = end;
        }
        else if (kind === '/') {
            endTag.lastIndex = next;
            const [whole, tag] = endTag.exec(xml) ?? [];
            const open = stack.pop();
            if (whole === undefined || open === undefined || open.tag !== tag)
                return undefined;
            const parent = stack.at(-1)?.element;
            if (parent === undefined)
                root = open.element;
            else
                parent.text += open.element.text;
            at = next + whole.length;
        }
        else {
            startTag.lastIndex = next;
            const [whole, tag = '', list = '', empty] = startTag.exec(xml) ?? [];
            const values = whole === undefined ? undefined : attributesIn(list);
            if (whole === undefined || values === undefined || stack.length >= maxDepth)
                return undefined;
            if (top === undefined && root !== undefined)
                return undefined;
            const element = { name: tag.slice(tag.indexOf(':') + 1), attributes: values, children: [], text: '', line };
            top?.children.push(element);
            if (empty !== '/')
                stack.push({ tag, element });
            else if (top === undefined)
                root = element;
            at = next + whole.length;
        }
    }
}
/** The end of a comment or a CDATA section that starts here. */
function skipped(xml, start) {
    if (xml.startsWith('<![CDATA[', start)) {
        const end = xml.indexOf(']]>', start + 9);
        return end === -1 ? undefined : end + 3;
    }
    if (!xml.startsWith('<!--', start))
        return undefined;
    const end = xml.indexOf('--', start + 4);
    return end === -1 || xml[end + 2] !== '>' ? undefined : end + 3;
}
function attributesIn(list) {
    const values = {};
    if (list === '')
        return values;
    for (const [, key = '', double, single = ''] of list.matchAll(attributes)) {
        const value = decoded((double ?? single).replace(/[\t\n]/g, ' '));
        if (value === undefined || Object.hasOwn(values, key) || key === '__proto__')
            return undefined;
        values[key] = value;
    }
    return values;
}
/** Without entities other than the predefined ones; undefined when there are others. */
function decoded(text) {
    if (!text.includes('&'))
        return text;
    if (/&(?!(?:lt|gt|amp|quot|apos);)/.test(text))
        return undefined;
    return text.replace(/&(\w+);/g, (whole, entity) => entities[entity] ?? whole);
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/xml.ts



/**
 * Parses an XML document. Entities of a DTD are not expanded and external ones are never fetched.
 * @throws MalformedError with line and column when it is not well-formed or beyond the limits
 */
function xml_parseXml(source, { maxChars = 16 * 1024 * 1024, maxDepth = 200 } = {}) {
    const xml = source.startsWith('\ufeff') ? source.slice(1) : source;
    if (xml.length > maxChars)
        throw new formats_malformed/* MalformedError */.G(`is longer than ${maxChars} characters`);
    return parsePlainXml(xml, maxDepth) ?? parseAnyXml(xml, maxDepth);
}
/** The complete parser, which also says what is wrong. @throws MalformedError with line and column */
function parseAnyXml(xml, maxDepth) {
    try {
        const { root } = parseXml(xml, { includeOffsets: true, ignoreUndefinedEntities: false });
        if (root === null)
            throw new formats_malformed/* MalformedError */.G('has no root element');
        return toElement(root, lineFinder(xml), maxDepth);
    }
    catch (error) {
        if (error instanceof XmlError) {
            const [reason = error.message] = error.message.split(/ \(line \d+/);
            throw new formats_malformed/* MalformedError */.G(reason, { line: error.line, column: error.column });
        }
        if (error instanceof RangeError)
            throw new formats_malformed/* MalformedError */.G('is nested too deeply');
        throw error;
    }
}
/** The children of an element that have a name. */
function childrenNamed(element, name) {
    return element.children.filter((child) => child.name === name);
}
/** Visits the document in its order, as `lineAt` wants it. */
function toElement(node, lineAt, depthLeft) {
    const line = lineAt(node.start);
    if (depthLeft === 0)
        throw new formats_malformed/* MalformedError */.G('is nested too deeply', { line });
    const children = [];
    let text = '';
    for (const child of node.children) {
        if (child instanceof XmlElement) {
            const element = toElement(child, lineAt, depthLeft - 1);
            children.push(element);
            if (element.text !== '')
                text += element.text;
        }
        else if (child instanceof XmlText || child instanceof XmlCdata) {
            text += child.text;
        }
    }
    const { name, attributes } = node;
    return { name: name.slice(name.indexOf(':') + 1), attributes, children, text, line };
}
/** The line of an offset, for offsets that never become smaller. */
function lineFinder(text) {
    let line = 1;
    let next = text.indexOf('\n');
    return (offset) => {
        while (next !== -1 && next < offset) {
            line++;
            next = text.indexOf('\n', next + 1);
        }
        return line;
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/pom.ts
/** What a pom.xml says, as far as a build has to know it. Maven alone knows the effective model. */





/**
 * Reads a pom.xml.
 * @param display how the file is called in messages
 * @throws InputError MAVEN_POM_MALFORMED
 */
function readPom(path, display = path) {
    const malformed = (problem, line, column) => new base_errors/* InputError */.dz(codes.MAVEN_POM_MALFORMED, [
        {
            subject: display,
            problem,
            location: { file: display, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
        },
    ]);
    try {
        const root = xml_parseXml((0,external_node_fs_.readFileSync)(path, 'utf8'));
        if (root.name !== 'project')
            throw malformed(`is no pom: its root is <${root.name}>, not <project>`, root.line);
        return toPom(root);
    }
    catch (error) {
        if (error instanceof formats_malformed/* MalformedError */.G) {
            const at = error.line === undefined ? '' : ` (line ${error.line})`;
            throw malformed(`is not well-formed XML: ${error.message}${at}`, error.line, error.column);
        }
        throw error;
    }
}
function toPom(root) {
    const parent = child(root, 'parent');
    const properties = Object.fromEntries((child(root, 'properties')?.children ?? []).map((property) => [property.name, property.text.trim()]));
    const own = (name) => textOf(root, name) ?? (parent === undefined ? undefined : textOf(parent, name));
    const project = { groupId: own('groupId'), artifactId: textOf(root, 'artifactId'), version: own('version') };
    const fill = filler({
        ...properties,
        ...Object.fromEntries(Object.entries(project)
            .filter((entry) => entry[1] !== undefined)
            .flatMap(([key, value]) => [
            [`project.${key}`, value],
            [`pom.${key}`, value],
        ])),
    });
    return {
        groupId: fill(project.groupId),
        artifactId: fill(project.artifactId),
        version: fill(project.version),
        name: fill(textOf(root, 'name')),
        packaging: textOf(root, 'packaging') ?? 'jar',
        properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fill(value) ?? value])),
        ...toPart(root, fill),
        profiles: childrenOf(root, 'profiles', 'profile').map((profile) => ({
            id: textOf(profile, 'id') ?? 'default',
            activation: activationOf(child(profile, 'activation')),
            setsProperties: (child(profile, 'properties')?.children ?? []).length > 0,
            ...toPart(profile, fill),
        })),
        parent: parent === undefined ? undefined : coordinates(parent, fill),
    };
}
function activationOf(activation) {
    if (activation === undefined || activation.children.length === 0)
        return 'asked';
    if (activation.children.some(({ name }) => name !== 'activeByDefault'))
        return 'condition';
    return textOf(activation, 'activeByDefault') === 'true' ? 'default' : 'asked';
}
function toPart(element, fill) {
    const build = child(element, 'build');
    return {
        modules: childrenOf(element, 'modules', 'module').map((module) => fill(module.text.trim()) ?? ''),
        dependencies: childrenOf(element, 'dependencies', 'dependency').map((dependency) => coordinates(dependency, fill)),
        plugins: build === undefined
            ? []
            : childrenOf(build, 'plugins', 'plugin').map((plugin) => ({
                ...coordinates(plugin, fill),
                groupId: fill(textOf(plugin, 'groupId')) ?? 'org.apache.maven.plugins',
                ...executionsOf(plugin),
            })),
    };
}
function executionsOf(plugin) {
    const executions = childrenOf(plugin, 'executions', 'execution');
    const bindings = executions.flatMap((execution) => childrenOf(execution, 'goals', 'goal').map((goal) => ({
        goal: goal.text.trim(),
        phase: textOf(execution, 'phase'),
    })));
    const configurations = [plugin, ...executions].flatMap((element) => childrenNamed(element, 'configuration'));
    return {
        goals: bindings.map(({ goal }) => goal),
        bindings,
        configured: configurations.flatMap(({ children }) => children.map(({ name }) => name)),
    };
}
function coordinates(element, fill) {
    return {
        groupId: fill(textOf(element, 'groupId')),
        artifactId: fill(textOf(element, 'artifactId')),
        version: fill(textOf(element, 'version')),
        type: fill(textOf(element, 'type')) ?? 'jar',
        line: element.line,
    };
}
/** Fills ${…} from the properties of this file; what it does not know stays as it stands. */
function filler(values) {
    const fill = (text, depth) => text.replace(/\$\{([^}]+)\}/g, (whole, key) => {
        const value = values[key];
        return value === undefined || depth === 0 ? whole : fill(value, depth - 1);
    });
    return (value) => (value === undefined ? undefined : fill(value, 10));
}
function child(element, name) {
    return childrenNamed(element, name)[0];
}
function childrenOf(element, list, item) {
    return childrenNamed(element, list).flatMap((found) => childrenNamed(found, item));
}
function textOf(element, name) {
    const text = child(element, name)?.text.trim();
    return text === '' ? undefined : text;
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/project.ts
/** Which Maven project to build, and the folders of all its modules. */






const mostModules = 500;
const mostCandidates = 12;
/**
 * Finds the project.
 * @param given absolute: a folder with a pom.xml, or a pom file itself; undefined for the workspace root
 * @throws InputError MAVEN_PROJECT_MISSING with the candidates of the workspace, MAVEN_POM_MALFORMED
 */
function findProject(given, files) {
    const path = given ?? files.workspace;
    const pomFile = pomAt(path);
    if (pomFile === undefined)
        throw missing(path, given !== undefined, files);
    const root = moduleAt(pomFile, files);
    return { ...root, modules: allModules(root, files) };
}
/** True when `folder` is a Maven project. */
function hasPom(folder) {
    return pomAt(folder) !== undefined;
}
function pomAt(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return undefined;
    const file = (0,external_node_fs_.statSync)(path).isDirectory() ? (0,external_node_path_.join)(path, 'pom.xml') : path;
    return (0,external_node_fs_.existsSync)(file) && (0,external_node_fs_.statSync)(file).isFile() ? file : undefined;
}
function moduleAt(pomFile, files) {
    return { folder: (0,external_node_path_.dirname)(pomFile), pomFile, pom: readPom(pomFile, files.display(pomFile)) };
}
function allModules(root, files) {
    const found = new Map([[root.pomFile, root]]);
    const queue = [root];
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
        for (const name of moduleNames(module.pom)) {
            const pomFile = pomAt((0,external_node_path_.resolve)(module.folder, name));
            // A module that is not there is Maven's to report; a link out of the workspace is not followed.
            if (pomFile === undefined || found.has(pomFile) || found.size >= mostModules)
                continue;
            if (!(0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(files.workspace), (0,external_node_fs_.realpathSync)(pomFile)))
                continue;
            const next = moduleAt(pomFile, files);
            found.set(pomFile, next);
            queue.push(next);
        }
    }
    return [...found.values()];
}
function moduleNames(pom) {
    return [...pom.modules, ...pom.profiles.flatMap((profile) => profile.modules)];
}
function missing(path, given, files) {
    const candidates = pomsBelow(files.workspace, 4).map((pom) => files.display((0,external_node_path_.dirname)(pom)));
    const named = candidates.slice(0, mostCandidates);
    const rest = candidates.length - named.length;
    const where = given ? `${files.display(path)} has no pom.xml` : 'the workspace root has no pom.xml';
    const list = named.length === 0
        ? 'The workspace holds none at all: does a checkout step run before this one?'
        : `The workspace has ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
    return new base_errors/* InputError */.dz(codes.MAVEN_PROJECT_MISSING, [
        { subject: 'project', problem: `${where}. ${list}`, example: named[0] ?? 'integration/employee-service' },
    ]);
}
/** Poms that have no pom above them, so that a module is not offered where its project is. */
function pomsBelow(folder, depth) {
    const entries = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    if (entries.some((entry) => entry.isFile() && entry.name === 'pom.xml'))
        return [(0,external_node_path_.join)(folder, 'pom.xml')];
    if (depth === 0)
        return [];
    return entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !project_skipped.has(entry.name))
        .map((entry) => entry.name)
        .sort()
        .flatMap((name) => pomsBelow((0,external_node_path_.join)(folder, name), depth - 1));
}
const project_skipped = new Set(['node_modules', 'target']);
/** The wrapper script that a project brings, in its folder or above it up to the workspace. */
function findWrapper(project, files) {
    for (let folder = project.folder; (0,safe_path/* isInside */.F)(files.workspace, folder); folder = (0,external_node_path_.dirname)(folder)) {
        const script = (0,external_node_path_.join)(folder, 'mvnw');
        if ((0,external_node_fs_.existsSync)(script) && (0,external_node_fs_.statSync)(script).isFile())
            return script;
        if (folder === (0,external_node_path_.dirname)(folder))
            break;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/junit-report.ts
/** JUnit XML as Surefire and Failsafe write it, rerun and flaky entries included. */


/**
 * Reads one report. Tests are grouped by the class that they name themselves: with nested classes Surefire puts them
 * into the file of another one.
 * @param locate finds the source of a class, as a path for annotations
 * @throws MalformedError
 */
function parseJunitReport(xml, locate = () => undefined) {
    const root = xml_parseXml(xml, { maxChars: 128 * 1024 * 1024 });
    return suitesOf(root).flatMap((suite) => childrenNamed(suite, 'testcase').map((test) => toCase(test, suite, locate)));
}
function suitesOf(element) {
    if (element.name !== 'testsuite' && element.name !== 'testsuites')
        return [];
    const inner = element.children.flatMap(suitesOf);
    return element.name === 'testsuite' ? [element, ...inner] : inner;
}
/** In the order in which they decide: a test that failed and also has flaky entries failed. */
const outcomes = [
    ['error', 'error'],
    ['failure', 'failed'],
    ['flakyError', 'flaky'],
    ['flakyFailure', 'flaky'],
    ['skipped', 'skipped'],
];
function toCase(test, suite, locate) {
    const className = test.attributes.classname ?? suite.attributes.name ?? '';
    const [entry, outcome] = outcomes
        .map(([name, found]) => [childrenNamed(test, name)[0], found])
        .find(([element]) => element !== undefined) ?? [undefined, 'passed'];
    const detail = entry === undefined ? '' : (childrenNamed(entry, 'stackTrace')[0]?.text ?? entry.text).trim();
    const message = entry?.attributes.message ?? firstLine(detail) ?? entry?.attributes.type;
    const seconds = Number((test.attributes.time ?? '').replaceAll(',', ''));
    const file = entry === undefined || outcome === 'skipped' ? undefined : locate(className);
    const line = lineIn(detail, className);
    return {
        suite: className,
        name: test.attributes.name ?? '',
        outcome,
        message: message === undefined ? undefined : (0,base_text/* oneLine */.TN)(message, 500),
        detail: detail === '' ? undefined : detail,
        durationMs: test.attributes.time === undefined || Number.isNaN(seconds) ? undefined : Math.round(seconds * 1000),
        location: file === undefined ? undefined : { file, ...(line !== undefined && { line }) },
    };
}
function firstLine(text) {
    const line = text.split('\n', 1)[0]?.trim();
    return line === '' ? undefined : line;
}
/** The line of the topmost stack frame that lies in the test's own class. */
function lineIn(stackTrace, className) {
    const outer = className.replace(/\$.*$/, '');
    for (const [, frame = '', line] of stackTrace.matchAll(/^\s*at (\S+)\([^()\n]*:(\d+)\)/gm)) {
        const name = frame.slice(frame.indexOf('/') + 1);
        if (name.startsWith(`${outer}.`) || name.startsWith(`${outer}$`))
            return Number(line);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/synapse-report.ts
/** unit-test-report.json of WSO2's Synapse unit test plugin. */

/**
 * Reads a report.
 * @param display turns the path of a test file into the one for annotations
 * @throws MalformedError
 */
function parseSynapseReport(json, display = (path) => path) {
    let report;
    try {
        report = JSON.parse(json);
    }
    catch (error) {
        throw new formats_malformed/* MalformedError */.G(error instanceof Error ? error.message : String(error));
    }
    if (typeof report !== 'object' || report === null || Array.isArray(report)) {
        throw new formats_malformed/* MalformedError */.G('is no object of test suites');
    }
    // Beside the suites the report has one number, "Time elapsed (ms)".
    return Object.entries(report).flatMap(([file, suite]) => typeof suite === 'object' && suite !== null ? casesOf(display(file), suite) : []);
}
function casesOf(file, suite) {
    const base = { suite: file, durationMs: undefined, location: { file } };
    const cases = suite.testCases ?? [];
    if (suite.deploymentStatus !== 'PASSED' || cases.length === 0) {
        const passed = suite.deploymentStatus === 'PASSED' && suite.mediationStatus === 'PASSED';
        const reason = suite.deploymentException ?? suite.mediationException ?? 'the artifacts under test were not deployed';
        return [
            passed
                ? { ...base, name: 'deployment', outcome: 'passed', message: undefined, detail: undefined }
                : { ...base, name: 'deployment', outcome: 'error', message: reason, detail: undefined },
        ];
    }
    return cases.map((test) => {
        const name = test.testCaseName ?? '';
        if (test.mediationStatus === 'PASSED' && test.assertionStatus === 'PASSED') {
            return { ...base, name, outcome: 'passed', message: undefined, detail: undefined };
        }
        const assertions = test.failureAssertions ?? [];
        const [first] = assertions;
        const mediated = test.mediationStatus === 'PASSED';
        return {
            ...base,
            name,
            outcome: mediated ? 'failed' : 'error',
            message: mediated
                ? (first?.message ?? test.assertionException ?? 'an assertion failed')
                : (test.mediationException ?? suite.mediationException ?? 'the mediation failed'),
            detail: assertions.length === 0 ? undefined : assertions.map(sayAssertion).join('\n\n'),
        };
    });
}
function sayAssertion({ assertionType, assertionExpression, actual, expected }) {
    const lines = [`${assertionType ?? 'assertion'} ${assertionExpression ?? ''}`.trim()];
    if (expected !== undefined)
        lines.push(`expected: ${expected}`);
    if (actual !== undefined)
        lines.push(`actual:   ${actual}`);
    return lines.join('\n');
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/test-results.ts
/** What the tests of a build said, whatever framework ran them. */

function countTests(cases) {
    const of = (...outcomes) => cases.filter((test) => outcomes.includes(test.outcome)).length;
    return {
        total: cases.length,
        passed: of('passed', 'flaky'),
        failed: of('failed', 'error'),
        skipped: of('skipped'),
        flaky: of('flaky'),
    };
}
/** The tests that did not pass. */
function failedTests(cases) {
    return cases.filter((test) => test.outcome === 'failed' || test.outcome === 'error');
}
/** "7 tests: 3 passed, 3 failed, 1 skipped". */
function sayCounts({ total, passed, failed, skipped, flaky }) {
    if (total === 0)
        return 'no tests';
    const parts = [
        `${passed} passed${flaky > 0 ? ` (${flaky} flaky)` : ''}`,
        ...(failed > 0 ? [`${failed} failed`] : []),
        ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ];
    return `${(0,base_text/* count */.U9)(total, 'test')}: ${parts.join(', ')}`;
}
/** The same test can stand in two reports (a module built twice): the worst outcome counts. */
function mergeResults(results) {
    const worst = ['passed', 'skipped', 'flaky', 'failed', 'error'];
    const cases = new Map();
    for (const test of results.flatMap((result) => result.cases)) {
        const key = `${test.suite}\0${test.name}`;
        const seen = cases.get(key);
        if (seen === undefined || worst.indexOf(test.outcome) > worst.indexOf(seen.outcome))
            cases.set(key, test);
    }
    return { cases: [...cases.values()], unreadable: results.flatMap((result) => result.unreadable) };
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/test-reports.ts
/** Collects the test reports that a build left, and notices those that it should have left. */






const junitFolders = ['target/surefire-reports', 'target/failsafe-reports'];
const synapseReport = 'target/unit-test-report.json';
const largestReport = 128 * 1024 * 1024;
/**
 * Reads every report of the modules that is of this run.
 * @param since start of the run, milliseconds since the epoch: older files are left over from another one
 */
function readTestReports(modules, since, files) {
    return mergeResults(modules.flatMap((module) => {
        const locate = sourceFinder(module, files);
        const junit = junitFolders
            .map((folder) => (0,external_node_path_.join)(module.folder, folder))
            .filter((folder) => (0,external_node_fs_.existsSync)(folder))
            .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder)
            .filter((name) => name.startsWith('TEST-') && name.endsWith('.xml'))
            .sort()
            .map((name) => (0,external_node_path_.join)(folder, name)))
            .map((file) => readReport(file, since, files, (text) => parseJunitReport(text, locate)));
        const synapse = readReport((0,external_node_path_.join)(module.folder, synapseReport), since, files, (text) => parseSynapseReport(text, (path) => files.display(path)));
        return [...junit, synapse];
    }));
}
function readReport(file, since, files, parse) {
    const found = (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_.statSync)(file) : undefined;
    if (found?.isFile() !== true || isOlder(found.mtimeMs, since))
        return { cases: [], unreadable: [] };
    try {
        if (found.size > largestReport)
            throw new formats_malformed/* MalformedError */.G('is larger than 128 MiB');
        return { cases: parse((0,external_node_fs_.readFileSync)(file, 'utf8')), unreadable: [] };
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        return { cases: [], unreadable: [{ file: files.display(file), problem: error.message }] };
    }
}
/** File systems keep times to the second at worst, so a file of the same second counts as new. */
function isOlder(mtimeMs, since) {
    return mtimeMs < Math.floor(since / 1000) * 1000;
}
function sourceFinder(module, files) {
    return (className) => {
        const path = className.replace(/\$.*$/, '').replaceAll('.', '/');
        for (const folder of ['src/test/java', 'src/it/java', 'src/main/java']) {
            const file = (0,external_node_path_.join)(module.folder, folder, `${path}.java`);
            if ((0,external_node_fs_.existsSync)(file))
                return files.display(file);
        }
        return undefined;
    };
}
/** The Synapse unit tests of a module's sources, absolute paths. */
function synapseUnitTests(module) {
    return ['src/test/wso2mi', 'test'].flatMap((folder) => {
        const absolute = (0,external_node_path_.join)(module.folder, folder);
        return (0,external_node_fs_.existsSync)(absolute) && (0,external_node_fs_.statSync)(absolute).isDirectory() ? unitTestsIn(absolute) : [];
    });
}
function unitTestsIn(folder) {
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name))
        .filter((file) => (0,external_node_fs_.statSync)(file).size <= largestReport && /<unit-test[\s>/]/.test((0,external_node_fs_.readFileSync)(file, 'utf8')))
        .sort();
}
/**
 * The modules whose Synapse unit tests the plugin ran without leaving its report: it then says BUILD SUCCESS all the
 * same (a server that dies in mid-test).
 */
function modulesWithoutSynapseReport(modules, since) {
    return modules.filter((module) => {
        const report = (0,external_node_path_.join)(module.folder, synapseReport);
        const current = (0,external_node_fs_.existsSync)(report) && !isOlder((0,external_node_fs_.statSync)(report).mtimeMs, since);
        return !current && synapseUnitTests(module).length > 0;
    });
}
/**
 * The modules with JUnit or TestNG tests in src/test/java of which no report of this run is there. Surefire says
 * BUILD SUCCESS then: one older than 2.22 finds no JUnit 5 test, and a pom can skip them.
 */
function modulesWithoutJavaReport(modules, since) {
    return modules.filter((module) => {
        const reported = junitFolders
            .map((folder) => (0,external_node_path_.join)(module.folder, folder))
            .filter((folder) => (0,external_node_fs_.existsSync)(folder))
            .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder).map((name) => (0,external_node_path_.join)(folder, name)))
            .some((file) => file.endsWith('.xml') && !isOlder((0,external_node_fs_.statSync)(file).mtimeMs, since));
        return !reported && hasJavaTests((0,external_node_path_.join)(module.folder, 'src/test/java'));
    });
}
/** Classes by the names that Surefire looks for, with at least one annotated test. */
function hasJavaTests(folder) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return false;
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true }).some((entry) => {
        if (!entry.isFile() || !/^(?:Test\w*|\w+(?:Test|Tests|TestCase))\.java$/.test(entry.name))
            return false;
        const file = (0,external_node_path_.join)(entry.parentPath, entry.name);
        return ((0,external_node_fs_.statSync)(file).size <= largestReport && /@(?:\w+\.)*(?:Parameterized)?Test\b/.test((0,external_node_fs_.readFileSync)(file, 'utf8')));
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/build.ts
/** One run of Maven, from the command to what it left. */













/**
 * Runs Maven once. A build that fails is a result; only a Maven that cannot be started or does not end throws.
 * @throws ToolError TOOL_MISSING, TOOL_TIMEOUT
 */
async function buildProject(project, options, ports) {
    const { exec, clock, log, files, job } = ports;
    const unitTests = project.modules.flatMap(synapseUnitTests);
    const wrapper = findWrapper(project, files);
    const { command, args } = mavenCommand({
        ...options,
        pomFile: project.pomFile,
        wrapper,
        wrapperOfWindows: wrapper !== undefined && (0,external_node_fs_.readFileSync)(wrapper, 'latin1').includes('\r\n'),
        skipSynapseTests: unitTests.length > 0,
    });
    const nestedMaven = await prepareNestedMaven(options.settings, options.arguments, files);
    const startedAt = clock.now();
    const console = readConsole();
    const live = liveLog(log);
    log.info([command, ...args].join(' '));
    const result = await exec
        .run({
        command,
        args,
        cwd: project.folder,
        env: nestedEnvironment(nestedMaven, job.variable('MAVEN_OPTS')),
        timeoutMs: options.timeoutMs,
        onLine: (line, stream) => {
            const at = clock.now();
            live.write(line, stream === 'stdout' ? console.line(line, at) : undefined, at);
        },
    })
        .finally(() => live.end(clock.now()));
    const facts = console.facts(clock.now());
    const tests = readTestReports(project.modules, startedAt, files);
    const ranSynapseTests = facts.goals.some(({ goal }) => goal === 'synapse-unit-test');
    const ranSurefire = facts.goals.some(({ plugin, goal }) => plugin.includes('surefire') && goal === 'test');
    const skipped = options.skipTests || options.arguments.some((argument) => /^-D(?:skipTests|maven\.test\.skip)/.test(argument));
    const unrun = ranSurefire && !skipped && facts.outcome === 'success'
        ? unrunAnnotations(modulesWithoutJavaReport(project.modules, startedAt), files)
        : [];
    const build = {
        startedAt,
        durationMs: result.durationMs,
        command: [command, ...args],
        console: facts,
        tests,
        unitTestsNotRun: ranSynapseTests ? [] : unitTests.map((file) => files.display(file)),
        annotations: [
            ...compileAnnotations(facts, files),
            ...testAnnotations(tests, facts),
            ...profileAnnotations(facts),
            ...unrun,
        ],
    };
    const failed = (failure) => toError(build.command, result.exitCode, failure);
    if (result.exitCode !== 0 || facts.outcome !== 'success') {
        const words = [...facts.errorLines, ...result.stderr.split('\n')];
        if (words.join('').trim() === '')
            words.push(...result.stdout.split('\n').slice(-20));
        const diagnosis = withCounts(diagnose(words, result.exitCode), build);
        return { ...build, failure: failed({ ...diagnosis, evidence: (0,base_text/* tail */.RT)(evidenceOf(facts, result), 60) }) };
    }
    const [nested] = facts.nestedFailures;
    if (nested !== undefined && project.modules.some(({ pom }) => pom.dependencies.length > 0)) {
        const message = `A Maven run inside the CAR plugin failed, and Maven said BUILD SUCCESS all the same: ${(0,base_text/* oneLine */.TN)(nested, 400)}`;
        return { ...build, failure: failed({ code: codes.MAVEN_NESTED_BUILD_FAILED, message }) };
    }
    const silent = ranSynapseTests && !options.skipTests ? modulesWithoutSynapseReport(project.modules, startedAt) : [];
    if (silent.length > 0) {
        const message = `The Synapse unit tests of ${silent.map(({ folder }) => files.display(folder)).join(', ')} ran and left no ${(0,external_node_path_.join)('target', 'unit-test-report.json')}`;
        return { ...build, failure: failed({ code: codes.MAVEN_TEST_REPORT_MISSING, message }) };
    }
    const [unreadable] = tests.unreadable;
    if (unreadable !== undefined) {
        const message = `${unreadable.file} ${unreadable.problem}`;
        return { ...build, failure: failed({ code: codes.MAVEN_TEST_REPORT_UNREADABLE, message }) };
    }
    return { ...build, failure: undefined };
}
function toError(command, exitCode, { code, message, remedy, evidence }) {
    return new base_errors/* ToolError */.v4(code, message, {
        command,
        exitCode,
        ...(remedy !== undefined && { remedy }),
        ...(evidence !== undefined && { evidence }),
    });
}
/** The same cause with what the reports and the compiler add to it. */
function withCounts(diagnosis, { tests, console }) {
    if (diagnosis.code === codes.MAVEN_TESTS_FAILED) {
        const failed = failedTests(tests.cases);
        const names = failed.slice(0, 5).map(({ suite, name, message }) => `${suite}.${name}: ${message ?? 'no message'}`);
        const more = failed.length > names.length ? ` and ${failed.length - names.length} more` : '';
        if (failed.length > 0) {
            const counts = `${failed.length} of ${(0,base_text/* count */.U9)(tests.cases.length, 'test')} failed`;
            return { ...diagnosis, message: (0,base_text/* oneLine */.TN)(`${counts}: ${names.join('; ')}${more}`, 800) };
        }
    }
    const [first, ...rest] = console.compileErrors;
    if (diagnosis.code === codes.MAVEN_COMPILE_ERROR && first !== undefined) {
        const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
        const place = `${(0,external_node_path_.basename)(first.file)}:${first.line}:${first.column}`;
        return { ...diagnosis, message: `Java code does not compile: ${place}: ${first.message}${more}` };
    }
    return diagnosis;
}
function evidenceOf(facts, { stdout, stderr }) {
    const text = facts.errorLines.length > 0 ? facts.errorLines.join('\n') : stdout;
    return [text, stderr.trim()].filter((part) => part !== '').join('\n');
}
function compileAnnotations(facts, files) {
    return facts.compileErrors.map(({ file, line, column, message }) => ({
        level: 'error',
        title: 'Compile error',
        message,
        file: files.display(file),
        line,
        column,
    }));
}
function testAnnotations({ cases }, { outcome }) {
    return failedTests(cases).map(({ suite, name, message, location }) => ({
        // The build can be told to go on (maven.test.failure.ignore): then they are a warning.
        level: outcome === 'success' ? 'warning' : 'error',
        title: `Test failed: ${suite.slice(Math.max(suite.lastIndexOf('.'), suite.lastIndexOf('/')) + 1)} ${name}`,
        message: message ?? 'no message',
        ...location,
    }));
}
/** A warning: the pom may mean it so. */
function unrunAnnotations(modules, files) {
    return modules.map(({ folder, pomFile }) => ({
        level: 'warning',
        title: 'No test ran',
        message: `${files.display((0,external_node_path_.join)(folder, 'src/test/java'))} holds tests, and Surefire ran none of them with BUILD SUCCESS: the pom skips them, or its maven-surefire-plugin is older than 2.22 and does not know JUnit 5.`,
        file: files.display(pomFile),
    }));
}
function profileAnnotations(facts) {
    return facts.unknownProfiles.map((profile) => ({
        level: 'warning',
        message: `The profile '${profile}' does not exist: Maven went on without it.`,
    }));
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/jdk.ts
/** Whether the JDK of the runner fits the Micro Integrator that a project is for. */





/**
 * Newest: the JDK of the official image of each release (wso2/docker-ei, branches 4.0.x to 4.6.x). Oldest: what the
 * release before ran on, where the release notes name a range (4.6: "21 or 25"), else the same.
 */
const jdkOfMi = [
    { from: 6, oldest: 21, newest: 25 },
    { from: 4, oldest: 17, newest: 21 },
    { from: 2, oldest: 11, newest: 17 },
    { from: 0, oldest: 8, newest: 11 },
];
/** What an MI runs on; undefined for a version that this table does not know. */
function jdkFor(miVersion) {
    const [major, minor = 0] = (miVersion ?? '').split('.').map(Number);
    return major === 4 && !Number.isNaN(minor) ? jdkOfMi.find(({ from }) => minor >= from) : undefined;
}
/** What is wrong with a JDK, as a sentence; undefined when nothing is. Pure. */
function jdkProblem(jdk, { miVersion, release, hasJava, startsMi }) {
    const range = jdkFor(miVersion);
    if (hasJava && release !== undefined) {
        if (release > jdk)
            return `The pom compiles for Java ${release}, and the JDK is ${jdk}`;
        if (range !== undefined && release > range.newest) {
            return `The pom compiles for Java ${release}, and MI ${miVersion ?? ''} runs on Java ${range.newest} at most: it could not load the classes`;
        }
    }
    if (startsMi && range !== undefined && (jdk < range.oldest || jdk > range.newest)) {
        return `The unit tests start MI ${miVersion ?? ''}, which runs on Java ${range.oldest} to ${range.newest}, and the JDK is ${jdk}`;
    }
    return undefined;
}
/** The major version in what `java -version` says: 8 of "1.8.0_402", 17 of "17.0.15". */
function jdkVersion(words) {
    const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(words) ?? [];
    return first === undefined ? undefined : Number(first === '1' ? second : first);
}
/**
 * Asks the JDK that Maven will use, where the project depends on its version: Java code of a known release, or unit
 * tests that start a server. Projects of configuration alone build on any.
 * @throws ToolError MAVEN_JDK_UNSUITABLE
 */
async function requireSuitableJdk(project, { skipTests, arguments: given }, { exec, job }) {
    const properties = Object.assign({}, ...project.modules.map(({ pom }) => pom.properties));
    const release = properties['maven.compiler.release'] ?? properties['maven.compiler.target'];
    const needs = {
        miVersion: properties['project.runtime.version'],
        release: release === undefined ? undefined : jdkVersion(`version "${release}`),
        hasJava: project.modules.some(({ folder }) => hasFiles((0,external_node_path_.join)(folder, 'src/main/java'), '.java')),
        startsMi: !skipTests &&
            given.includes('-DtestServerType=local') &&
            project.modules.some((module) => synapseUnitTests(module).length > 0),
    };
    if (!needs.startsMi && (!needs.hasJava || needs.release === undefined))
        return;
    const home = job.variable('JAVA_HOME');
    const command = home === undefined ? 'java' : (0,external_node_path_.join)(home, 'bin/java');
    const { stderr, stdout, exitCode } = await exec.run({ command, args: ['-version'], timeoutMs: 30_000 });
    const jdk = jdkVersion(`${stderr}\n${stdout}`);
    const problem = jdk === undefined ? undefined : jdkProblem(jdk, needs);
    if (problem === undefined)
        return;
    throw new base_errors/* ToolError */.v4(codes.MAVEN_JDK_UNSUITABLE, problem, { command: [command, '-version'], exitCode });
}
function hasFiles(folder, extension) {
    return ((0,external_node_fs_.existsSync)(folder) && (0,external_node_fs_.readdirSync)(folder, { recursive: true }).some((name) => String(name).endsWith(extension)));
}

// EXTERNAL MODULE: ./packages/shared/src/base/suggest.ts
var suggest = __nccwpck_require__(3119);
;// CONCATENATED MODULE: ./packages/shared/src/mi/check-deployment-toml.ts
/**
 * What the server would misread in a deployment.toml without a word: it checks neither names nor kinds. Names of tables
 * and keys from the configuration templates of wso2/product-micro-integrator (distribution/src/resources/config-tool)
 * and, for internal_apis, datasource and service_catalog, from the documentation. Pure.
 */

/** Tables that the server takes a list of: [[name]]. */
const lists = [
    'datasource',
    'internal_apis.users',
    'service_catalog',
    'synapse_handlers',
    ...['jms', 'rabbitmq'].flatMap((transport) => ['transport', 'transport.blocking'].flatMap((prefix) => [
        `${prefix}.${transport}.listener`,
        `${prefix}.${transport}.sender`,
    ])),
    'transport.mail.sender',
    'transport.blocking.mail.sender',
    'transport.http.proxy_profile',
    'transport.http.secured_proxy_profile',
];
const keystore = ['file_name', 'type', 'password', 'alias', 'key_password'];
/** Keys of tables that are fully known. */
const keysOf = {
    server: [
        ...['hostname', 'offset', 'node_ip', 'hot_deployment', 'enable_mtom', 'enable_swa', 'enableMTOM', 'enableSwA'],
        ...['userAgent', 'serverDetails', 'server_details', 'user_agent', 'roles', 'preserve', 'proxy_context_path'],
        ...['synapse_config_file_path', 'synapse_config_home_directory', 'synapse_config_resolve_root'],
        ...['synapse_config_server_name', 'hide_admin_service_wsdl', 'enable_security_deployment_interceptor'],
        ...['cache_attachments', 'attachment_dir', 'size_threshold', 'disable_rest', 'sandesha2_storage_manager'],
        ...['service_path', 'strict_service_path_validation', 'services_directory', 'modules_directory', 'blocking'],
        ...['send_stacktrace_details_with_faults', 'drill_down_to_root_cause_for_fault_reason', 'web_context_root'],
        ...['manage_transport_session', 'config_context_timeout_interval', 'enable_basic_auth', 'hot_update'],
        ...['gracefulShutdownEnabled', 'gracefulShutdownTimeout', 'graceful_shutdown_enabled', 'graceful_shutdown_timeout'],
        ...['get_request_processor', 'http_content_negotiation', 'identity_server_username', 'identity_server_password'],
    ],
    'keystore.primary': keystore,
    'keystore.tls': keystore,
    'keystore.internal': keystore,
    truststore: ['file_name', 'location', 'type', 'password', 'alias', 'algorithm'],
    super_admin: ['username', 'password', 'admin_role', 'create_admin_account'],
    'internal_apis.file_user_store': ['enable'],
    'management_api.cors': ['enable', 'enabled', 'allowed_origins', 'allowed_headers'],
};
/** Tables that may be meant when a name is nearly one of them. */
const tables = [
    ...Object.keys(keysOf),
    ...lists,
    ...['mediation', 'user_store', 'encryption', 'secrets', 'management_api', 'transport.http', 'transport.vfs.listener'],
];
/** Passwords that every installation has: no secret. */
const published = new Set(['wso2carbon', 'admin']);
const secretKey = /(?:^|[._])'?(?:\w*password|secret|client_secret|api_key|access_key|secret_key)'?$/i;
/** Looks through the lines of a file that is valid TOML. */
function checkDeploymentToml(text) {
    const findings = [];
    let table = '';
    // A text over several lines may hold anything.
    const lines = text.replace(/("""|''')[\s\S]*?\1/g, (whole) => whole.replace(/[^\n]/g, 'x')).split('\n');
    lines.forEach((content, index) => {
        const line = index + 1;
        const [, brackets, name] = /^\s*(\[{1,2})\s*([^\][]+?)\s*\]{1,2}\s*(?:#.*)?$/.exec(content) ?? [];
        if (brackets !== undefined && name !== undefined) {
            table = name.replace(/\s*\.\s*/g, '.');
            findings.push(...headerFindings(table, brackets === '[[', line));
            return;
        }
        const [, key, value] = /^\s*([\w.'"-]+(?:\s*\.\s*[\w.'"-]+)*)\s*=\s*(.*?)\s*$/.exec(content) ?? [];
        if (key !== undefined && value !== undefined)
            findings.push(...keyFindings(table, key, value, line));
    });
    return findings;
}
function headerFindings(name, isList, line) {
    if (lists.includes(name) && !isList) {
        const message = `[${name}] is one table, and the server reads a list: write [[${name}]]. As it stands each value in it is taken for an entry.`;
        return [{ severity: 'error', message, line }];
    }
    if (keysOf[name] !== undefined && isList) {
        const message = `[[${name}]] is a list, and the server reads one table: write [${name}]. As it stands nothing in it is read.`;
        return [{ severity: 'error', message, line }];
    }
    if (tables.includes(name) || tables.some((table) => name.startsWith(`${table}.`) || table.startsWith(`${name}.`)))
        return [];
    // Many tables are open (transports, names of one's own): only what is one slip away from a known one is told.
    const meant = tables.find((table) => (0,suggest/* editDistance */.YC)(name, table) === 1);
    if (meant === undefined)
        return [];
    const message = `The server has no table '${name}' and says nothing about it. Did you mean '${meant}'?`;
    return [{ severity: 'warning', message, line }];
}
function keyFindings(table, key, value, line) {
    const known = keysOf[table];
    const [first = key] = key.split('.');
    const unknown = known === undefined || known.includes(first.trim())
        ? []
        : [
            {
                severity: 'warning',
                message: `The server knows no key '${key}' in [${table}] and says nothing about it.${(0,suggest/* didYouMean */.au)(key, known)}`,
                line,
            },
        ];
    return [...unknown, ...secretFindings(table, key, value, line)];
}
function secretFindings(table, key, value, line) {
    const [, text] = /^["'](.*)["']\s*(?:#.*)?$/.exec(value) ?? [];
    if (text === undefined || text === '')
        return [];
    if (table === 'secrets') {
        if (!/^\[.*\]$/.test(text))
            return [];
        const message = `The secret '${key}' stands in clear in [secrets]: encrypt it with the cipher tool, or take it from the environment ($env{…}).`;
        return [{ severity: 'warning', message, line }];
    }
    const isReference = /\$(?:env|secret|sys|ref)\{/.test(text);
    if (!secretKey.test(key) || isReference || published.has(text))
        return [];
    const message = `'${key}' in [${table}] holds a password in clear, which everybody sees who has the image: use $env{…} or $secret{…}.`;
    return [{ severity: 'warning', message, line }];
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/codes.ts

/** Failures around carbon applications, the server's configuration, the MI base image and a running MI. */
const codes_codes = (0,base_errors/* defineCodes */.Oo)({
    CAR_NOT_BUILT: {
        title: 'The build left no carbon application',
        meaning: 'Maven ended well, and no .car file of this run lies in the target folder of a module.',
        remedy: 'Bind the goal `car` of the CAR plugin to a phase that the goals reach (compile), and check that the module with the carbon application is part of the build.',
    },
    CAR_NOT_PACKABLE: {
        title: 'The sources cannot be packaged',
        meaning: 'With builder: native, a source was met at which the CAR plugin fails too, or that it packs under no name. No carbon application was made.',
        remedy: 'Correct the annotated files.',
    },
    LIBRARY_UNAVAILABLE: {
        title: 'A connector or library is not where it can be taken from',
        meaning: 'With builder: native, connectors, what connectors need and class mediators come from the libraries input or the local Maven repository, with a checksum beside each. Nothing is downloaded.',
        remedy: 'Put the file with its .sha256 (or .sha512, .sha1) into the folder of the libraries input, fill the local repository in an earlier step, or use builder: maven.',
    },
    CAR_NOT_FOUND: {
        title: 'A given carbon application does not exist',
        meaning: 'A line of the cars input leads to no .car file in the workspace.',
        remedy: 'Correct the path, and check that the step that makes the file (a build, a download) runs before.',
    },
    CAR_MALFORMED: {
        title: 'A file is no carbon application',
        meaning: 'The file is empty, no zip, damaged, or a zip without a readable artifacts.xml. MI would skip it silently.',
        remedy: 'Build it again; when it was downloaded, check that the download was complete.',
    },
    CAR_DIFFERS: {
        title: 'The carbon application is not what the sources say',
        meaning: 'Something of the sources is missing in the CAR, broken, or different from what was written. Maven reports success in most of these cases.',
        remedy: 'Correct the annotated files; `check: warn` lets the build pass with warnings.',
    },
    CAR_DUPLICATE: {
        title: 'Two carbon applications have the same name and version',
        meaning: 'MI deploys the first of them and ignores the other with a line in its log.',
        remedy: 'Give each application its own artifactId, or leave one of the files out with the cars input.',
    },
    BASE_IMAGE_NOT_MI: {
        title: 'The base image is no Micro Integrator',
        meaning: 'The image does not say where its server is (environment variable WSO2_SERVER_HOME), so nobody knows where carbon applications belong.',
        remedy: 'Use wso2/wso2mi:<version> or an image built on it, or set WSO2_SERVER_HOME with ENV in your base.',
    },
    BASE_IMAGE_USER_UNKNOWN: {
        title: 'The user of the base image cannot be told',
        meaning: 'The image names its user in a way that gives no number, so the files cannot get their owner.',
        remedy: 'Set USER in the base image to uid:gid in numbers, for example 802:802.',
    },
    BASE_IMAGE_UNKNOWN: {
        title: 'It is not said what to build the image on',
        meaning: 'Neither the base-image input, nor a Dockerfile, nor project.runtime.version in the pom names a base.',
        remedy: 'Set the base-image input, for example wso2/wso2mi:4.4.0.',
    },
    DOCKERFILE_UNSUPPORTED: {
        title: 'The Dockerfile needs docker',
        meaning: 'The Dockerfile has instructions that execute something or copy from elsewhere, which only docker can carry out, and docker does not answer on this runner.',
        remedy: 'Use a runner with docker, move those steps into your own base image and name it with base-image, or set image-builder: layers to build without this Dockerfile.',
    },
    IMAGE_CARS_DIFFER: {
        title: 'The image would not hold the carbon applications of this build',
        meaning: 'The Dockerfile leaves out a carbon application that was built, or copies one that an earlier build left in target/.',
        remedy: 'Copy target/*.car to the carbonapps folder of the server, and run Maven with the goal clean.',
    },
    DEPLOYMENT_TOML_MALFORMED: {
        title: 'deployment.toml is not valid TOML',
        meaning: 'The server reads TOML 0.5 and would not start with this file.',
        remedy: 'Correct the file at the line named in the message.',
    },
    DEPLOYMENT_TOML_MISREAD: {
        title: 'The server would misread deployment.toml',
        meaning: 'A table is written where the server reads a list, or the other way round. It says nothing about it and starts with another configuration than the one that is written.',
        remedy: 'Correct the annotated lines; `check: warn` lets the build pass with warnings.',
    },
    MI_MANAGEMENT_REFUSED: {
        title: "MI's management API does not accept the login",
        meaning: 'The management API of the server answers 401 or 403 to the username and password of the step.',
        remedy: 'Give management-username and management-password of a user of this server, from a secret.',
    },
    MI_MANAGEMENT_FAILED: {
        title: "MI's management API does not answer as it should",
        meaning: 'The management API answers with an error, or with something that is no list of carbon applications.',
        remedy: 'Check that port 9164 of the pod is the management API of a Micro Integrator, and look at its log.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/mi/finding.ts
/** What Maven says and what MI would do. */
const effects = {
    malformed: 'MI cannot deploy it and marks the whole carbon application as faulty.',
    'empty-document': 'Maven leaves it out and says BUILD SUCCESS; MI would never know of it.',
    missing: 'Maven says BUILD SUCCESS all the same; MI would run without it.',
    misplaced: 'Maven does not pack it and says BUILD SUCCESS; MI would run without it.',
    'wrong-type': 'It is packed as what it is not: MI cannot deploy it and marks the whole carbon application as faulty.',
    duplicated: 'The CAR lists both and holds only the one written last; MI would run that one.',
    nameless: 'MI cannot deploy an artifact without a name and marks the whole carbon application as faulty.',
    stale: 'MI would run something else than what the source says.',
    'empty-car': 'MI would log one line, deploy nothing, and be ready.',
    'broken-car': 'MI would log it, not deploy the carbon application, and be ready.',
    'connector-missing': 'The CAR plugin says BUILD SUCCESS without it; MI fails where its operations are used.',
    'resource-missing': 'Maven says BUILD SUCCESS all the same; what reads the resource fails when it is called.',
    'resource-unlisted': 'It is in no CAR, so MI would not find it.',
    unresolved: 'MI fails when it is called, unless another carbon application brings it.',
    'connector-unpackaged': 'MI cannot deploy what uses it and marks the carbon application as faulty, unless the connector is installed otherwise.',
    'class-unpackaged': 'MI cannot deploy what uses it and marks the carbon application as faulty, unless its jar is in lib or dropins of the server.',
    'context-collision': 'MI refuses the one that it meets second and marks the carbon application as faulty.',
    'port-collision': 'MI starts the one that it meets first; the other does not listen.',
    'name-differs': 'MI deploys it under the name in the document; everything that counts on the other name fails.',
    'not-exported': 'It is in no CAR, so MI would run without it.',
};
/** One finding, with what MI makes of it; an error unless said otherwise. */
function finding(rule, subject, message, place = {}, severity = 'error') {
    return {
        rule,
        severity,
        subject,
        message,
        effect: effects[rule],
        file: undefined,
        line: undefined,
        column: undefined,
        ...place,
    };
}
/** The finding at its line. @param softened warnings instead of errors */
function annotationOf(finding, softened) {
    const { file, line, column, message, effect, severity } = finding;
    return {
        level: severity === 'error' && !softened ? 'error' : 'warning',
        message: `${message} ${effect}`,
        ...(file !== undefined && { file }),
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/find-cars.ts
/** Which .car files an image is made of: those of this build, or those that were given. */





/**
 * The CARs that a build left: files in the target folder of a module that are not older than its start. A committed
 * target with an old .car, and .car files anywhere else, are left aside.
 * @param modules absolute folders
 * @param since start of the build, milliseconds since the epoch
 * @param hint what else is known about why there may be none
 * @throws VerificationError CAR_NOT_BUILT
 */
function findBuiltCars(modules, since, files, hint) {
    const all = modules.flatMap((folder) => carsIn((0,external_node_path_.join)(folder, 'target')));
    // File systems keep times to the second at worst, so a file of the same second is of this run.
    const start = Math.floor(since / 1000) * 1000;
    const built = all.filter((car) => (0,external_node_fs_.statSync)(car).mtimeMs >= start);
    if (built.length > 0)
        return built;
    const stale = all.length === 0
        ? ''
        : ` ${all.map((car) => files.display(car)).join(', ')} is older than this build and was not touched by it.`;
    const where = modules.map((folder) => files.display((0,external_node_path_.join)(folder, 'target'))).join(', ');
    throw new base_errors/* VerificationError */.mk(codes_codes.CAR_NOT_BUILT, `Maven ended well and left no carbon application in ${where}.${stale}${hint === undefined ? '' : ` ${hint}`}`);
}
function carsIn(folder) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return [];
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.car'))
        .map((entry) => (0,external_node_path_.join)(folder, entry.name))
        .sort();
}
/**
 * The CARs that the user names, by path or pattern, relative to the workspace.
 * @throws InputError CAR_NOT_FOUND with every line that leads to none
 */
function findGivenCars(patterns, files) {
    const found = new Set();
    const problems = [];
    const workspace = (0,external_node_fs_.realpathSync)(files.workspace);
    for (const pattern of patterns) {
        const matches = (0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(workspace, pattern))
            ? [(0,external_node_path_.resolve)(workspace, pattern)]
            : (0,external_node_fs_.globSync)(pattern, { cwd: workspace }).map((path) => (0,external_node_path_.resolve)(workspace, path));
        const problem = problemWith(pattern, matches, workspace);
        if (problem === undefined)
            for (const match of matches.sort())
                found.add(match);
        else
            problems.push({ subject: 'cars', problem, example: 'target/*.car' });
    }
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(codes_codes.CAR_NOT_FOUND, problems);
    return [...found];
}
function problemWith(pattern, matches, workspace) {
    if (matches.length === 0)
        return `'${pattern}' matches no file in the workspace`;
    if (!matches.every((match) => (0,safe_path/* isInside */.F)(workspace, (0,external_node_fs_.realpathSync)(match))))
        return `'${pattern}' leads out of the workspace`;
    const other = matches.find((match) => !match.endsWith('.car') || !(0,external_node_fs_.statSync)(match).isFile());
    return other === undefined ? undefined : `'${pattern}' leads to something that is not a .car file`;
}

;// CONCATENATED MODULE: ./packages/shared/src/maven/packaging-without-maven.ts
/**
 * Whether a carbon application can be packaged without Maven: what of a project only Maven can do, and what keeps
 * anybody from proving that the result would be the same. Pure but for looking at folders.
 */



/** The versions of vscode-car-plugin whose packaging is the one of 5.4.12 (sources compared; output of 5.4.12 tested). */
const sameAs5412 = new Set(['5.4.11', '5.4.12', '5.4.13', '5.4.14', '5.4.15']);
/** Plugins of Maven's own that have no part in what is in a CAR. */
const harmless = /^org\.apache\.maven\.plugins:maven-(?:clean|install|deploy|resources|compiler|surefire|site)-plugin$/;
const lifecycle = [
    ...['validate', 'initialize', 'generate-sources', 'process-sources', 'generate-resources', 'process-resources'],
    ...['compile', 'process-classes', 'generate-test-sources', 'process-test-sources', 'generate-test-resources'],
    ...['process-test-resources', 'test-compile', 'process-test-classes', 'test', 'prepare-package', 'package'],
    ...['pre-integration-test', 'integration-test', 'post-integration-test', 'verify', 'install', 'deploy'],
];
const beside = new Set(['clean', 'pre-clean', 'post-clean', 'site']);
/** Everything that stands against it, the impossible first. */
function obstaclesToPackagingWithoutMaven(project, options) {
    const { pom, folder } = project;
    const active = activeParts(pom);
    const plugins = active.flatMap((part) => part.plugins);
    const obstacles = [];
    const add = (kind, what, line) => obstacles.push({ kind, what, line });
    if (active.some(({ modules }) => modules.length > 0))
        add('impossible', 'the project has modules');
    if (!['pom', 'jar'].includes(pom.packaging))
        add('impossible', `its packaging is ${pom.packaging}`);
    for (const [name, value] of Object.entries({
        groupId: pom.groupId,
        artifactId: pom.artifactId,
        version: pom.version,
    })) {
        if (value === undefined || value.includes('${'))
            add('impossible', `its ${name} is said outside of its pom`);
    }
    for (const profile of options.profiles)
        add('impossible', `the profile '${profile}' is asked for`);
    for (const argument of options.arguments)
        add('impossible', `maven-args has ${argument}`);
    if (pom.properties['fat.car.enable'] === 'true')
        add('impossible', 'fat.car.enable packs other applications into it');
    for (const mapper of dataMappers(folder)) {
        add('impossible', `the data mapper ${mapper} is compiled by a Maven run of the plugin`);
    }
    for (const obstacle of carGoalObstacles(plugins, options.goals))
        obstacles.push(obstacle);
    if (!options.skipTests && runsTests(project, plugins)) {
        add('impossible', 'its tests are run by Maven (skip-tests: true leaves them out)');
    }
    if (pom.parent !== undefined)
        add('unproven', 'it has a parent pom', pom.parent.line);
    if (options.settings !== undefined)
        add('unproven', 'settings may activate profiles');
    for (const profile of pom.profiles) {
        if (profile.activation === 'condition')
            add('unproven', `the profile '${profile.id}' may activate itself`);
        if (profile.activation === 'default' && profile.setsProperties) {
            add('unproven', `the profile '${profile.id}' sets properties`);
        }
    }
    for (const plugin of plugins) {
        const name = nameOf(plugin);
        if (name !== carPlugin && !harmless.test(name))
            add('unproven', `it uses the plugin ${name}`, plugin.line);
    }
    for (const { type, groupId, artifactId, line } of active.flatMap((part) => part.dependencies)) {
        if (type === 'zip')
            add('unproven', `it depends on ${groupId ?? ''}:${artifactId ?? ''}, a zip`, line);
    }
    if (packsClassMediators(project))
        add('unproven', 'its Java code is compiled and packed by Maven');
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'tmp')))
        add('unproven', 'a folder tmp is there, which the plugin would pack too');
    return obstacles.sort((a, b) => Number(a.kind === 'unproven') - Number(b.kind === 'unproven'));
}
/** The pom and the profiles that take part when none is asked for. */
function activeParts(pom) {
    return [pom, ...pom.profiles.filter(({ activation }) => activation === 'default')];
}
const carPlugin = 'org.wso2.maven:vscode-car-plugin';
function nameOf({ groupId = '', artifactId = '' }) {
    return `${groupId}:${artifactId}`;
}
function carGoalObstacles(plugins, goals) {
    const plugin = plugins.find((candidate) => nameOf(candidate) === carPlugin);
    if (plugin === undefined) {
        return [{ kind: 'impossible', what: 'its pom does not use vscode-car-plugin', line: undefined }];
    }
    const { line, version, configured } = plugin;
    const found = [];
    const unknown = goals.filter((goal) => !lifecycle.includes(goal) && !beside.has(goal));
    if (unknown.length > 0)
        found.push({ kind: 'impossible', what: `goals has ${unknown.join(', ')}`, line: undefined });
    const phase = carPhase(plugin);
    const last = Math.max(-1, ...goals.map((goal) => lifecycle.indexOf(goal)));
    if (phase === undefined || lifecycle.indexOf(phase) > last) {
        const what = `no goal 'car' runs: it is bound to no phase that '${goals.join(' ')}' reaches`;
        found.push({ kind: 'impossible', what, line });
    }
    if (configured.length > 0) {
        found.push({ kind: 'impossible', what: `vscode-car-plugin is configured (${configured.join(', ')})`, line });
    }
    if (version === undefined || !sameAs5412.has(version)) {
        const what = `vscode-car-plugin ${version ?? 'of a version that is said elsewhere'} may pack differently from 5.4.12`;
        found.push({ kind: 'unproven', what, line });
    }
    return found;
}
function carPhase({ bindings }) {
    const binding = bindings.find(({ goal }) => goal === 'car');
    return binding === undefined ? undefined : (binding.phase ?? 'package');
}
/** True when the plugin packs the project's own jar: it has one at that point of the build only from `package` on. */
function packsClassMediators({ pom }) {
    const plugin = activeParts(pom)
        .flatMap(({ plugins }) => plugins)
        .find((candidate) => nameOf(candidate) === carPlugin);
    const phase = plugin === undefined ? undefined : carPhase(plugin);
    const late = phase !== undefined && lifecycle.indexOf(phase) >= lifecycle.indexOf('package');
    return pom.packaging === 'jar' && late;
}
function runsTests(project, plugins) {
    const synapse = plugins.some(({ goals }) => goals.includes('synapse-unit-test'));
    return ((synapse && synapseUnitTests(project).length > 0) ||
        (project.pom.packaging === 'jar' && packaging_without_maven_hasFiles((0,external_node_path_.join)(project.folder, 'src/test/java'))));
}
function packaging_without_maven_hasFiles(folder) {
    return ((0,external_node_fs_.existsSync)(folder) && (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true }).some((entry) => entry.isFile()));
}
function dataMappers(folder) {
    const resources = (0,external_node_path_.join)(folder, 'src/main/wso2mi/resources');
    return ['datamapper', 'registry/gov/datamapper']
        .map((place) => (0,external_node_path_.join)(resources, place))
        .filter(external_node_fs_.existsSync)
        .flatMap((place) => (0,external_node_fs_.readdirSync)(place, { withFileTypes: true }))
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
// EXTERNAL MODULE: ./node_modules/yauzl/index.js
var yauzl = __nccwpck_require__(663);
;// CONCATENATED MODULE: ./packages/shared/src/formats/zip.ts
/** Zip archives, whole and in memory: read with bounds, written so that the bytes depend on names and contents alone. */






const deflate = (0,external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.deflateRaw);
const inflate = (0,external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.inflateRaw);
/** From here on an entry is (un)packed beside the main thread; below, handing it over costs more than doing it. */
const LARGE_BYTES = 256 * 1024;
/** For the names and the directory of an archive. */
const HEADROOM_BYTES = 16 * 1024 * 1024;
/**
 * Reads a whole archive, bounded.
 * @param source the path of a file, or the archive itself
 * @throws MalformedError when it is no zip, is truncated, is beyond the limits, is encrypted, holds what its own
 * checksums deny, or an entry would leave its folder or is a symbolic link
 */
async function readZip(source, limits = {}) {
    const { maxEntries = 20_000, maxBytes = 512 * 1024 * 1024 } = limits;
    const archive = typeof source === 'string' ? await readBounded(source, maxBytes) : source;
    const zip = await openZip(archive);
    if (zip.entryCount > maxEntries) {
        throw new formats_malformed/* MalformedError */.G(`holds ${zip.entryCount} entries, more than the ${maxEntries} allowed`);
    }
    const found = [];
    let total = 0;
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
        const name = checkedName(entry);
        total += entry.uncompressedSize;
        if (total > maxBytes)
            throw new formats_malformed/* MalformedError */.G(`unpacks to more than the ${maxBytes} bytes allowed`);
        const data = name.endsWith('/') ? Buffer.alloc(0) : unpack(archive, entry);
        // Its failure is heard below; until then it is nobody's.
        if (!Buffer.isBuffer(data))
            data.catch(() => undefined);
        found.push({ name, data });
    }
    const entries = [];
    for (const { name, data } of found)
        entries.push({ name, data: await data });
    return entries;
}
async function readBounded(path, maxBytes) {
    let file;
    try {
        file = await (0,promises_.open)(path);
        const { size } = await file.stat();
        // What unpacks to the limit may be a little more than that when nothing in it is compressed.
        if (size > maxBytes + HEADROOM_BYTES) {
            throw new formats_malformed/* MalformedError */.G(`has ${size} bytes, more than the ${maxBytes} bytes allowed`);
        }
        return await file.readFile();
    }
    finally {
        await file?.close();
    }
}
function openZip(archive) {
    return new Promise((resolve, reject) => {
        (0,yauzl/* fromBuffer */.vY)(archive, { lazyEntries: true, strictFileNames: false }, (error, zip) => {
            if (error === null)
                resolve(zip);
            else
                reject(new formats_malformed/* MalformedError */.G(`is not a zip: ${error.message}`));
        });
    });
}
function nextEntry(zip) {
    return new Promise((resolve, reject) => {
        const settle = (act) => {
            zip.removeAllListeners();
            act();
        };
        zip.once('entry', (entry) => settle(() => resolve(entry)));
        zip.once('end', () => settle(() => resolve(undefined)));
        zip.once('error', (error) => settle(() => reject(entryError(error))));
        zip.readEntry();
    });
}
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
/** The content of an entry, as long as the directory says and with its checksum. */
function unpack(archive, entry) {
    const { fileName, relativeOffsetOfLocalHeader: at, compressedSize, uncompressedSize, compressionMethod } = entry;
    const damaged = (reason) => new formats_malformed/* MalformedError */.G(`is damaged at ${fileName}: ${reason}`);
    if ((entry.generalPurposeBitFlag & 1) !== 0)
        throw damaged('it is encrypted');
    if (at + LOCAL_HEADER_BYTES > archive.length || archive.readUInt32LE(at) !== LOCAL_HEADER) {
        throw damaged('there is no such entry where the directory says');
    }
    // Name and extra field may differ in length from those in the directory.
    const start = at + LOCAL_HEADER_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    if (start + compressedSize > archive.length)
        throw damaged('it is cut off');
    const packed = archive.subarray(start, start + compressedSize);
    const checked = (data) => {
        if (data.length !== uncompressedSize) {
            throw damaged(`it has ${data.length} bytes instead of ${uncompressedSize}`);
        }
        if ((0,external_node_zlib_namespaceObject.crc32)(data) !== entry.crc32)
            throw damaged('its checksum is wrong');
        return data;
    };
    if (compressionMethod === 0)
        return checked(packed);
    if (compressionMethod !== 8)
        throw damaged(`unsupported compression method ${compressionMethod}`);
    // One byte more than announced is enough to see that there is more. One chunk: nothing is put together afterwards.
    const bound = uncompressedSize + 1;
    const options = { maxOutputLength: bound, chunkSize: Math.max(64, bound) };
    const failed = (error) => damaged(error.code === 'ERR_BUFFER_TOO_LARGE'
        ? `it has more than the ${uncompressedSize} bytes that it announces`
        : error.message);
    if (uncompressedSize >= LARGE_BYTES) {
        return inflate(packed, options).then(checked, (error) => {
            throw failed(error);
        });
    }
    let data;
    try {
        data = (0,external_node_zlib_namespaceObject.inflateRawSync)(packed, options);
    }
    catch (error) {
        throw failed(error);
    }
    return checked(data);
}
function checkedName(entry) {
    const unixType = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (unixType === 0o120000)
        throw new formats_malformed/* MalformedError */.G(`holds a symbolic link: ${entry.fileName}`);
    const name = (0,safe_path/* safeRelativePath */.l)(entry.fileName);
    if (name === undefined)
        throw new formats_malformed/* MalformedError */.G(`holds an entry that would leave its folder: ${entry.fileName}`);
    return entry.fileName.endsWith('/') ? `${name}/` : name;
}
/** The reader refuses absolute names and `..` by itself, in words of its own. */
function entryError(error) {
    const leaves = /^(?:invalid relative path|absolute path): (.*)$/s.exec(error.message);
    return leaves === null
        ? new formats_malformed/* MalformedError */.G(`is damaged: ${error.message}`)
        : new formats_malformed/* MalformedError */.G(`holds an entry that would leave its folder: ${leaves[1] ?? ''}`);
}
/** What the format can say without its 64-bit extension, which not every reader knows. */
const MAX_ENTRIES = 0xfffe;
const MAX_BYTES = 0xfffffffe;
/** 1 January 1980, the earliest date that a zip can hold, as DOS writes it: year, month, day in one word. */
const DATE = (1 << 5) | 1;
const UTF8_NAME = 0x0800;
/** Unix, version 2.0 of the format. */
const MADE_BY = (3 << 8) | 20;
const NEEDS = 20;
/**
 * An archive whose bytes depend on names and contents alone: sorted, one fixed date and mode.
 * @returns its parts, in order: entries that are stored are not copied
 * @throws RangeError beyond 65,534 entries or 4 GiB
 */
async function packZip(entries, { method = 'deflate' } = {}) {
    if (entries.length > MAX_ENTRIES)
        throw new RangeError(`${entries.length} entries are too many for a zip`);
    const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const contents = await Promise.all(sorted.map(({ data }) => {
        if (method === 'store' || data.length === 0)
            return Promise.resolve(data);
        const options = { chunkSize: Math.max(64, data.length) };
        return data.length < LARGE_BYTES ? Promise.resolve((0,external_node_zlib_namespaceObject.deflateRawSync)(data, options)) : deflate(data, options);
    }));
    const [parts, directory] = [[], []];
    let offset = 0;
    for (const [index, { name: text, data }] of sorted.entries()) {
        const packed = contents[index] ?? data;
        // What does not become smaller (an archive inside this one) is stored.
        const smaller = packed.length < data.length;
        const content = smaller ? packed : data;
        const name = Buffer.from(text);
        const folder = text.endsWith('/');
        const common = Buffer.alloc(26);
        common.writeUInt16LE(NEEDS, 0);
        common.writeUInt16LE(name.length === text.length ? 0 : UTF8_NAME, 2);
        common.writeUInt16LE(smaller ? 8 : 0, 4);
        common.writeUInt16LE(DATE, 8);
        common.writeUInt32LE((0,external_node_zlib_namespaceObject.crc32)(data), 10);
        common.writeUInt32LE(content.length, 14);
        common.writeUInt32LE(data.length, 18);
        common.writeUInt16LE(name.length, 22);
        parts.push(words(LOCAL_HEADER), common, name, content);
        const rest = Buffer.alloc(14);
        rest.writeUInt32LE(folder ? ((0o40755 << 16) | 0x10) >>> 0 : (0o100644 << 16) >>> 0, 6);
        rest.writeUInt32LE(offset, 10);
        directory.push(words(0x02014b50), Buffer.from([MADE_BY & 0xff, MADE_BY >> 8]), common, rest, name);
        offset += LOCAL_HEADER_BYTES + name.length + content.length;
        if (offset > MAX_BYTES)
            throw new RangeError('the contents are too large for a zip');
    }
    const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
    const end = Buffer.alloc(18);
    end.writeUInt16LE(sorted.length, 4);
    end.writeUInt16LE(sorted.length, 6);
    end.writeUInt32LE(directoryBytes, 8);
    end.writeUInt32LE(offset, 12);
    return [...parts, ...directory, words(0x06054b50), end];
}
/**
 * As `packZip`, into a file.
 * @param path the file to create
 */
async function writeZip(path, entries, how = {}) {
    await (0,promises_.writeFile)(path, Buffer.concat(await packZip(entries, how)));
}
function words(signature) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(signature);
    return bytes;
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/car.ts
/** A carbon application archive as MI reads it: artifacts.xml lists, each artifact's folder describes and holds. */






/** Far above any real CAR (connectors weigh some megabytes each). */
const limits = { maxEntries: 20_000, maxBytes: 512 * 1024 * 1024 };
/**
 * Reads a CAR, bounded; also what the archive holds, for those who write it again.
 * @param display how the file is called in messages
 * @throws InputError CAR_MALFORMED, CAR_NOT_FOUND
 */
async function readCar(path, display = path) {
    const malformed = (problem) => new base_errors/* InputError */.dz(codes_codes.CAR_MALFORMED, [{ subject: display, problem }]);
    const found = (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true) {
        throw new base_errors/* InputError */.dz(codes_codes.CAR_NOT_FOUND, [{ subject: display, problem: 'does not exist' }]);
    }
    if (found.size === 0)
        throw malformed('is empty (0 bytes)');
    try {
        const entries = await readZip(path, limits);
        return { ...toCar(entries), entries };
    }
    catch (error) {
        if (error instanceof formats_malformed/* MalformedError */.G)
            throw malformed(error.message);
        throw error;
    }
}
/** @throws MalformedError */
function toCar(entries) {
    const files = new Map(entries.filter(({ name }) => !name.endsWith('/')).map(({ name, data }) => [name, data]));
    const list = files.get('artifacts.xml');
    if (list === undefined)
        throw new formats_malformed/* MalformedError */.G('has no artifacts.xml: it is a zip, and no carbon application');
    const application = applicationIn(read(list, 'artifacts.xml'));
    const artifacts = [];
    for (const [folder, inside] of byFolder(files)) {
        const descriptor = inside.get('artifact.xml');
        if (descriptor !== undefined)
            artifacts.push(artifactIn(folder, descriptor, inside));
    }
    return { ...application, artifacts };
}
/** The files of each folder at the top, by their paths in it. */
function byFolder(files) {
    const folders = new Map();
    for (const [name, data] of files) {
        const slash = name.indexOf('/');
        if (slash === -1)
            continue;
        const folder = name.slice(0, slash);
        const inside = folders.get(folder) ?? new Map();
        inside.set(name.slice(slash + 1), data);
        folders.set(folder, inside);
    }
    return folders;
}
function applicationIn(root) {
    const application = childrenNamed(root, 'artifact').find(({ attributes }) => attributes.type === 'carbon/application');
    if (application === undefined)
        throw new formats_malformed/* MalformedError */.G('has an artifacts.xml without a carbon/application');
    return {
        name: application.attributes.name ?? '',
        version: application.attributes.version ?? '',
        dependencies: childrenNamed(application, 'dependency').map(({ attributes }) => ({
            artifact: attributes.artifact ?? '',
            version: attributes.version ?? '',
            serverRole: attributes.serverRole,
        })),
    };
}
function artifactIn(folder, descriptor, inside) {
    const root = read(descriptor, `${folder}/artifact.xml`);
    const file = childrenNamed(root, 'file')[0]?.text.trim();
    return {
        name: root.attributes.name ?? '',
        version: root.attributes.version ?? '',
        type: root.attributes.type ?? '',
        folder,
        file: file === '' ? undefined : file,
        payload: file === undefined ? undefined : inside.get(file),
        attachments: new Map([...inside].filter(([name]) => name !== 'artifact.xml' && name !== file)),
    };
}
function read(data, name) {
    try {
        return xml_parseXml(data.toString('utf8'));
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        throw new formats_malformed/* MalformedError */.G(`has a broken ${name}: ${error.message}`);
    }
}
/** The artifact of a dependency, as MI looks for it: by name and version. */
function artifactOf(car, { artifact, version }) {
    return car.artifacts.find((candidate) => candidate.name === artifact && candidate.version === version);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/artifact-kinds.ts
/** The kinds of artifacts of the project layout src/main/wso2mi, and what the Maven plugin makes of each. */

/** In the order in which the plugin packs them. */
const artifactKinds = [
    { folder: 'apis', type: 'synapse/api', root: 'api', noun: 'API' },
    { folder: 'endpoints', type: 'synapse/endpoint', root: 'endpoint', noun: 'endpoint' },
    { folder: 'inbound-endpoints', type: 'synapse/inbound-endpoint', root: 'inboundEndpoint', noun: 'inbound endpoint' },
    { folder: 'local-entries', type: 'synapse/local-entry', root: 'localEntry', noun: 'local entry' },
    {
        folder: 'message-processors',
        type: 'synapse/message-processors',
        root: 'messageProcessor',
        noun: 'message processor',
    },
    { folder: 'message-stores', type: 'synapse/message-store', root: 'messageStore', noun: 'message store' },
    { folder: 'proxy-services', type: 'synapse/proxy-service', root: 'proxy', noun: 'proxy service' },
    { folder: 'sequences', type: 'synapse/sequence', root: 'sequence', noun: 'sequence' },
    { folder: 'tasks', type: 'synapse/task', root: 'task', noun: 'task' },
    { folder: 'templates', type: 'synapse/template', root: 'template', noun: 'template' },
    { folder: 'data-sources', type: 'datasource/datasource', root: 'datasource', noun: 'data source' },
    { folder: 'data-services', type: 'service/dataservice', root: 'data', noun: 'data service' },
];
function kindOfFolder(folder) {
    return artifactKinds.find((kind) => kind.folder === folder);
}
function kindOfRoot(root) {
    return artifactKinds.find((kind) => kind.root === root);
}
const otherNouns = {
    'registry/resource': 'registry resource',
    'config/property': 'properties',
    'synapse/lib': 'connector',
};
/** What people call an artifact of a type of artifact.xml. */
function nounOf(type) {
    return artifactKinds.find((kind) => kind.type === type)?.noun ?? otherNouns[type] ?? type;
}
/**
 * The name of an artifact in the CAR, as the plugin finds it (CAppHandler of vscode-car-plugin 5.4.12): a data source is
 * called after its file, a local entry by its key, and a version in the document becomes part of the name.
 * @returns undefined when the document gives no name
 */
function artifactName(root, file) {
    const { version } = root.attributes;
    const name = baseName(root, file);
    return name === undefined || version === undefined ? name : `${name}_${version}`;
}
/** The same without a version. */
function baseName({ name: root, attributes }, file) {
    if (root === 'datasource')
        return (0,external_node_path_.basename)(file).slice(0, -4);
    return root === 'localEntry' ? attributes.key : attributes.name;
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-collisions.ts
/** Artifacts of a project that claim the same address: MI gives it to one of them. Pure. */


/** Ports of an MI that nobody configured (offset 10). */
const serverPorts = {
    '8290': 'HTTP listener',
    '8253': 'HTTPS listener',
    '9164': 'management API',
    '9201': 'health checks',
};
/** @param display turns an absolute path into the one for annotations */
function collisionFindings({ artifacts }, display) {
    return [
        ...twice(artifacts, contextOf).map(({ source, other, claim }) => {
            const message = `The API '${source.name ?? ''}' has the context ${claim}, which ${display(other.file)} has too.`;
            return finding('context-collision', source.name ?? '', message, placeOf(source, display));
        }),
        ...twice(artifacts, portOf).map(({ source, other, claim }) => {
            const message = `The inbound endpoint '${source.name ?? ''}' listens on port ${claim}, as ${display(other.file)} does.`;
            return finding('port-collision', source.name ?? '', message, placeOf(source, display));
        }),
        ...artifacts.flatMap((source) => {
            const listener = serverPorts[portOf(source) ?? ''];
            if (listener === undefined)
                return [];
            const message = `The inbound endpoint '${source.name ?? ''}' listens on port ${portOf(source) ?? ''}, where MI has its ${listener} unless deployment.toml moves it.`;
            return [finding('port-collision', source.name ?? '', message, placeOf(source, display), 'warning')];
        }),
    ];
}
/** Everything whose claim an earlier artifact of another name makes too. */
function twice(artifacts, claimOf) {
    const first = new Map();
    return artifacts.flatMap((source) => {
        const claim = claimOf(source);
        if (claim === undefined)
            return [];
        const other = first.get(claim);
        if (other === undefined)
            first.set(claim, source);
        return other === undefined || other.name === source.name ? [] : [{ source, other, claim }];
    });
}
/** Context and version, as Synapse compares them (SynapseConfiguration.addAPI): host names are no part of it. */
function contextOf({ root }) {
    const { context, version = '' } = root?.attributes ?? {};
    if (root?.name !== 'api' || context === undefined || context.includes('${'))
        return undefined;
    return `${context}${version === '' ? '' : ` (version ${version})`}`;
}
function portOf({ root }) {
    if (root?.name !== 'inboundEndpoint' || root.attributes.suspend === 'true')
        return undefined;
    return childrenNamed(root, 'parameters')
        .flatMap((list) => childrenNamed(list, 'parameter'))
        .filter(({ attributes }) => /^inbound\.(?:http|ws|hl7|rabbitmq)\.port$/i.test(attributes.name ?? ''))
        .map(({ text }) => text.trim())
        .find((text) => /^\d+$/.test(text));
}
function placeOf({ file, root }, display) {
    return { file: display(file), ...(root !== undefined && { line: root.line }) };
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-registry.ts
/** Compares the registry resources of a project with those in its CAR. Pure. */


function registryFindings(car, { items, beyond, unlisted, malformed }, display) {
    if (malformed !== undefined) {
        const list = display(malformed.list);
        const place = { file: list, line: malformed.line };
        return [finding('malformed', list, `${list} is not well-formed XML (${malformed.message}).`, place)];
    }
    return [
        ...items.flatMap((item) => itemFinding(car, item, display) ?? []),
        ...beyond.map(({ artifact, registryPath, list, line }) => {
            const message = `The artifact '${artifact}' has an item before ${registryPath}: the plugin packs the first one alone.`;
            return finding('missing', registryPath, message, { file: display(list), line });
        }),
        ...unlisted.map((path) => {
            const file = display(path);
            return finding('resource-unlisted', file, `${file} is listed in no artifact.xml.`, { file }, 'warning');
        }),
    ];
}
function itemFinding(car, item, display) {
    const { artifact, registryPath, file, content, generated, expected, list, line } = item;
    const place = { file: display(list), line };
    if (file === undefined && !generated) {
        const message = `The registry resource ${registryPath} has no file ${expected}.`;
        return finding('resource-missing', registryPath, message, place);
    }
    if (!car.dependencies.some((dependency) => dependency.artifact === artifact)) {
        return finding('missing', artifact, `The registry resource '${artifact}' is not in ${car.name} ${car.version}.`, place);
    }
    // What the plugin generates is younger than the sources by right.
    if (file === undefined || generated || content === undefined)
        return undefined;
    if (packedResource(car, artifact, (0,external_node_path_.basename)(file))?.equals(content) !== false)
        return undefined;
    const shown = display(file);
    return finding('stale', registryPath, `${shown} in the CAR is not what its source is.`, { file: shown });
}
/** The file of a registry resource; undefined when the CAR does not hold one of this name. */
function packedResource(car, name, file) {
    return car.artifacts.find((artifact) => artifact.name === name)?.attachments.get(`resources/${file}`);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-strays.ts
/** Files that look like artifacts and lie where the Maven plugin does not look. Pure. */



function strayFinding(stray, display) {
    const { file, root, reason } = stray;
    const shown = display(file);
    const kind = root === undefined ? undefined : kindOfRoot(root.name);
    const name = root === undefined ? undefined : artifactName(root, file);
    const home = kind === undefined ? '' : ` A ${kind.noun} belongs in src/main/wso2mi/artifacts/${kind.folder}.`;
    // XML that is no artifact may lie there on purpose.
    const meant = reason === 'not-an-artifact' || (root !== undefined && kind === undefined);
    return finding('misplaced', name ?? shown, `${problemOf(stray, shown, home)}${home}`, { file: shown, line: root?.line }, meant ? 'warning' : 'error');
}
function problemOf({ file, folder, reason }, shown, home) {
    switch (reason) {
        case 'not-an-artifact':
            return `${shown} is no artifact.${file.endsWith('deployment.toml') ? ' It belongs in deployment/.' : ''}`;
        case 'sub-folder':
            return `${shown} lies in a sub-folder of artifacts/${folder.split('/')[0] ?? ''}.`;
        case 'unknown-folder': {
            const known = artifactKinds.map((candidate) => candidate.folder);
            return `There is no artifact folder '${folder}'.${home === '' ? (0,suggest/* didYouMean */.au)(folder, known) : ''}`;
        }
        case 'no-folder':
            return `${shown} lies in no artifact folder.`;
        case 'other-root':
            return `${shown} lies in ${folder}, not in src/main/wso2mi.`;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/connector-use.ts
/** The connectors that mediation uses (`<email.send>`), and those that a carbon application holds. */



/** Messages within the configuration, where a dot means nothing. */
const foreign = new Set(['format', 'source', 'property', 'args', 'message', 'data', 'datasource']);
/** The first use of each connector. */
function connectorUses(sources) {
    const uses = new Map();
    for (const { root, file } of sources.artifacts) {
        if (root === undefined)
            continue;
        const visit = (element) => {
            const { name: operation, line } = element;
            const dot = operation.indexOf('.');
            if (dot > 0) {
                const connector = operation.slice(0, dot);
                if (!uses.has(connector))
                    uses.set(connector, { connector, operation, file, line });
                return;
            }
            if (!foreign.has(operation))
                element.children.forEach(visit);
        };
        // A local entry holds any XML; only <x.init> right in it is a connection.
        if (root.name === 'localEntry')
            root.children.filter(({ name }) => name.endsWith('.init')).forEach(visit);
        else
            visit(root);
    }
    return [...uses.values()];
}
/** The names that the connectors of a CAR give themselves in connector.xml; undefined when one cannot be read. */
async function connectorsIn(car) {
    const names = new Set();
    for (const { type, payload } of car.artifacts) {
        if (type !== 'synapse/lib' || payload === undefined)
            continue;
        try {
            const entry = (await readZip(payload)).find(({ name }) => name === 'connector.xml');
            if (entry === undefined)
                return undefined;
            const component = childrenNamed(xml_parseXml(entry.data.toString('utf8')), 'component')[0];
            names.add(component?.attributes.name ?? '');
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            return undefined;
        }
    }
    return names;
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/references.ts
/** What the artifacts of a project call by name, and which of it neither the project nor anything declared has. Pure. */


const to = (folder, ...attributes) => attributes.map((attribute) => ({ attribute, folder }));
/** Element → attributes that name artifacts of a folder. */
const references = new Map([
    ['sequence', [...to('sequences', 'key', 'onError')]],
    ['endpoint', [...to('endpoints', 'key'), ...to('templates', 'template')]],
    ['call-template', to('templates', 'target')],
    ['store', [...to('message-stores', 'messageStore'), ...to('sequences', 'sequence')]],
    ['messageProcessor', [...to('message-stores', 'messageStore'), ...to('endpoints', 'targetEndpoint')]],
    ['inboundEndpoint', to('sequences', 'sequence', 'onError')],
    ['resource', to('sequences', 'inSequence', 'outSequence', 'faultSequence')],
    [
        'target',
        [...to('sequences', 'inSequence', 'outSequence', 'faultSequence', 'sequence'), ...to('endpoints', 'endpoint')],
    ],
    ['foreach', to('sequences', 'sequence')],
    ['onComplete', to('sequences', 'sequence')],
    ['throttle', to('sequences', 'onAccept', 'onReject')],
    ['dataServiceCall', to('data-services', 'serviceName')],
]);
/** Names in the text or value of <parameter name="…"> and <property name="…">, by the root of the document. */
const named = {
    messageProcessor: {
        sequence: 'sequences',
        'message.processor.reply.sequence': 'sequences',
        'message.processor.fault.sequence': 'sequences',
        'message.processor.deactivate.sequence': 'sequences',
        'message.processor.failMessagesStore': 'message-stores',
    },
    messageStore: { 'store.failover.message.store.name': 'message-stores' },
    task: { sequenceName: 'sequences', proxyName: 'proxy-services' },
};
/** Elements that look a local entry up by its key. */
const localEntryUsers = new Set(['xslt', 'xquery', 'schema', 'script', 'rule', 'datamapper']);
const nouns = {
    sequences: 'The sequence',
    endpoints: 'The endpoint',
    templates: 'The template',
    'message-stores': 'The message store',
    'proxy-services': 'The proxy service',
    'data-services': 'The data service',
    'local-entries': 'The local entry',
};
/** Elements whose content is a message, not configuration. */
const references_foreign = new Set(['format', 'source', 'property', 'args', 'localEntry', 'message']);
/** Sequences and endpoints that the server itself brings. */
const builtIn = new Set(['main', 'fault', 'anonymous']);
/**
 * Static references that neither an artifact nor a listed registry resource of the project answers, each once a file.
 * @param elsewhere names of artifacts in the other carbon applications that go with this one
 */
function findUnresolved(sources, elsewhere = new Set()) {
    const known = new Set();
    const add = (folder, ...names) => {
        for (const name of names)
            if (name !== undefined)
                known.add(`${folder} ${name}`);
    };
    // A file that is there and broken, or in the wrong place, is a finding of its own.
    for (const { kind, name, file, startTag } of sources.artifacts) {
        const inside = startTag === undefined ? undefined : baseName(startTag, file);
        add(kind.folder, name ?? (0,external_node_path_.parse)(file).name, inside);
        add(kindOfRoot(startTag?.name ?? '')?.folder ?? kind.folder, inside);
    }
    for (const { root, file } of sources.strays) {
        const kind = root === undefined ? undefined : kindOfRoot(root.name);
        if (root !== undefined && kind !== undefined)
            add(kind.folder, artifactName(root, file) ?? '');
    }
    const registry = [...sources.registry.items, ...sources.registry.beyond];
    const paths = new Set(registry.map(({ registryPath }) => registryPath));
    const folders = registry
        .filter(({ element }) => element.name === 'collection')
        .map(({ registryPath }) => registryPath);
    const isKnown = (folder, key) => known.has(`${folder} ${key}`) || builtIn.has(key) || elsewhere.has(key) || isDynamic(key);
    return sources.artifacts.flatMap((source) => {
        const found = new Map();
        for (const { folder, key, line } of referencesOf(source)) {
            if (folder === 'registry') {
                const path = absolutePath(key);
                if (isDynamic(key) || paths.has(path) || folders.some((above) => path.startsWith(`${above}/`)))
                    continue;
                found.set(key, { file: source.file, line, what: 'The registry resource', key });
            }
            else if (!isKnown(folder, key)) {
                found.set(`${folder} ${key}`, { file: source.file, line, what: nouns[folder] ?? folder, key });
            }
        }
        return [...found.values()];
    });
}
function referencesOf({ root }) {
    if (root === undefined)
        return [];
    const calls = [];
    const byParameter = named[root.name];
    const call = (folder, key, line) => {
        if (key !== '')
            calls.push({ folder: isRegistryPath(key) ? 'registry' : folder, key, line });
    };
    const visit = (element) => {
        const { name, attributes, line } = element;
        for (const { attribute, folder } of references.get(name) ?? []) {
            const key = attributes[attribute];
            // The root has the attributes of the artifact itself: a sequence's key is no call there.
            if (key !== undefined && (element !== root || attribute !== 'key'))
                call(folder, key, line);
        }
        const { key } = attributes;
        if (key !== undefined && localEntryUsers.has(name))
            call('local-entries', key, line);
        if (attributes.configKey !== undefined)
            call('local-entries', attributes.configKey, line);
        for (const attribute in attributes) {
            const value = attributes[attribute] ?? '';
            if (isRegistryPath(value))
                call('registry', value, line);
        }
        if (byParameter !== undefined && (name === 'parameter' || name === 'property')) {
            const folder = byParameter[attributes.name ?? ''];
            if (folder !== undefined)
                call(folder, attributes.value ?? element.text.trim(), line);
        }
        if (!references_foreign.has(name))
            element.children.forEach(visit);
    };
    visit(root);
    return calls;
}
/** An expression that only the server can evaluate. */
function isDynamic(key) {
    return /[{}$]/.test(key);
}
function isRegistryPath(key) {
    return key.startsWith('gov:') || key.startsWith('conf:');
}
function absolutePath(key) {
    return key.replace(/^gov:\/*/, '/_system/governance/').replace(/^conf:\/*/, '/_system/config/');
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/xml-meaning.ts
function sameMeaning(a, b) {
    return (a.name === b.name &&
        sameAttributes(a, b) &&
        a.children.length === b.children.length &&
        (a.text === b.text || collapsed(a.text) === collapsed(b.text)) &&
        a.children.every((child, index) => {
            const other = b.children[index];
            return other !== undefined && sameMeaning(child, other);
        }));
}
function sameAttributes({ attributes: a }, { attributes: b }) {
    const names = Object.keys(a).filter(isMeaningful);
    return names.length === Object.keys(b).filter(isMeaningful).length && names.every((name) => a[name] === b[name]);
}
/** Namespace declarations may stand at any ancestor. */
function isMeaningful(attribute) {
    return !attribute.startsWith('xmlns');
}
function collapsed(text) {
    return text.replace(/\s+/g, ' ').trim();
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-car.ts
/** Compares a carbon application with the sources that it is made of. Pure. */











/** Everything that is not as it should be, errors first. */
function checkCar(comparison) {
    const { car, sources, connectors = [] } = comparison;
    const documents = payloadsOf(sources);
    const fromSources = sources === undefined ? [] : compare(comparison, documents, sources);
    const seen = new Set(fromSources.map(({ rule, subject }) => `${rule}\0${subject}`));
    const fromCar = checkAlone(car, documents).filter(({ rule, subject }) => !seen.has(`${rule}\0${subject}`));
    const findings = [...fromSources, ...fromCar, ...missingConnectors(car, connectors)];
    return findings.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}
function compare({ car, connectors = [], packedConnectors, elsewhere, display }, documents, sources) {
    const names = new Map();
    for (const source of sources.artifacts) {
        if (source.name !== undefined)
            names.set(source.name, [...(names.get(source.name) ?? []), source]);
    }
    return [
        ...sources.artifacts.flatMap((source) => compareArtifact(car, documents, source, (names.get(source.name ?? '') ?? []).filter((other) => other !== source), display)),
        ...sources.strays.map((stray) => strayFinding(stray, display)),
        ...registryFindings(car, sources.registry, display),
        ...findUnresolved(sources, elsewhere).map(({ file, line, what, key }) => finding('unresolved', key, `${what} '${key}' is not in this project.`, { file: display(file), line }, 'warning')),
        ...collisionFindings(sources, display),
        // Of a connector that the pom asks for and the CAR lacks nobody knows the name: it is a finding already.
        ...(missingConnectors(car, connectors).length > 0 || packedConnectors === undefined ? [] : connectorUses(sources))
            .filter(({ connector }) => packedConnectors?.has(connector) === false && elsewhere?.has(connector) !== true)
            .map(({ connector, operation, file, line }) => {
            const message = `<${operation}> needs the connector '${connector}', which is not in ${car.name} ${car.version}.`;
            return finding('connector-unpackaged', connector, message, { file: display(file), line }, 'warning');
        }),
    ];
}
function compareArtifact(car, documents, source, namesakes, display) {
    const { kind, flaw, name, root } = source;
    const file = display(source.file);
    const subject = name ?? file;
    const packed = name === undefined ? undefined : inCar(car, name, kind.type);
    if (flaw !== undefined) {
        const place = { file, line: flaw.line, column: flaw.column };
        if (flaw.kind === 'absent')
            return [finding('missing', subject, `${file} ${flaw.message}.`, place)];
        if (flaw.kind === 'empty')
            return [finding('empty-document', file, `${file} ${flaw.message}.`, place)];
        const fate = packed === undefined ? 'Maven left it out of the CAR' : 'Maven packed it as it is';
        return [finding('malformed', subject, `${file} is not well-formed XML (${flaw.message}); ${fate}.`, place)];
    }
    if (root === undefined)
        return [];
    const place = { file, line: root.line };
    if (root.name !== kind.root) {
        return [finding('wrong-type', subject, `${typeProblem(source, root)}.`, place)];
    }
    if (name === undefined || name === '') {
        return [finding('nameless', '', `The ${kind.noun} in ${file} has no name.`, place)];
    }
    const [namesake] = namesakes;
    if (namesake !== undefined) {
        const other = display(namesake.file);
        return [finding('duplicated', name, `The name '${name}' is also used by ${other}.`, place)];
    }
    if (packed === undefined) {
        return [finding('missing', name, `The ${kind.noun} '${name}' is not in ${car.name} ${car.version}.`, place)];
    }
    const inside = nameInside(source, root);
    if (inside !== undefined && inside !== name) {
        const after = source.declaredIn === undefined ? 'its file' : display(source.declaredIn);
        const message = `The ${kind.noun} in ${file} is called '${inside}'; the CAR calls it '${name}', after ${after}.`;
        return [finding('name-differs', name, message, place, 'warning')];
    }
    const packedRoot = documents(packed);
    if (packedRoot !== undefined && packedRoot !== root && !sameMeaning(root, packedRoot)) {
        return [finding('stale', name, `The ${kind.noun} '${name}' in the CAR is not what its source says.`, place)];
    }
    return [];
}
function typeProblem({ kind, declaredIn }, root) {
    const right = kindOfRoot(root.name);
    if (declaredIn !== undefined)
        return `<${root.name}> is listed in artifact.xml as ${kind.type}`;
    const advice = right === undefined ? `expected is <${kind.root}>` : `a ${right.noun} belongs in artifacts/${right.folder}`;
    return `<${root.name}> in artifacts/${kind.folder}: ${advice}`;
}
/** The name in the document, where the CAR takes it from somewhere else. */
function nameInside({ declaredIn }, root) {
    if (root.name === 'datasource')
        return childrenNamed(root, 'name')[0]?.text.trim();
    if (declaredIn === undefined)
        return undefined;
    return root.name === 'localEntry' ? root.attributes.key : root.attributes.name;
}
/** What the CAR lists and holds under this name. */
function inCar(car, name, type) {
    return car.dependencies
        .filter(({ artifact }) => artifact === name)
        .map((dependency) => artifactOf(car, dependency))
        .find((artifact) => artifact?.type === type || (type === 'synapse/template' && artifact?.type.endsWith('Template') === true));
}
function payloadsOf(sources) {
    // A payload of the same bytes as a source has been parsed with it: that is nearly all of them.
    const parsed = new Map((sources?.artifacts ?? []).flatMap(({ content, root }) => root === undefined ? [] : [[content.toString('latin1'), root]]));
    const documents = new Map();
    return (artifact) => {
        if (!documents.has(artifact)) {
            const { payload } = artifact;
            documents.set(artifact, payload === undefined ? undefined : (parsed.get(payload.toString('latin1')) ?? parse(payload)));
        }
        return documents.get(artifact);
    };
}
function parse(payload) {
    try {
        return xml_parseXml(payload.toString('utf8'));
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        return undefined;
    }
}
/** What can be told from the CAR alone. */
function checkAlone(car, documents) {
    const title = `${car.name} ${car.version}`;
    if (car.dependencies.length === 0) {
        return [finding('empty-car', car.name, `The carbon application ${title} holds no artifact.`)];
    }
    const counts = new Map();
    for (const { artifact } of car.dependencies)
        counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
    const first = car.dependencies.filter(({ artifact }, index) => car.dependencies.findIndex((other) => other.artifact === artifact) === index);
    return first.flatMap((dependency) => {
        const { artifact: name, version } = dependency;
        if (name === '')
            return [finding('nameless', '', `${title} lists an artifact without a name.`)];
        if ((counts.get(name) ?? 0) > 1) {
            return [finding('duplicated', name, `${title} lists '${name}' ${String(counts.get(name))} times.`)];
        }
        const artifact = artifactOf(car, dependency);
        if (artifact === undefined) {
            return [finding('broken-car', name, `${title} lists '${name}' ${version} and does not hold it.`)];
        }
        if (artifact.payload === undefined) {
            const file = artifact.file ?? 'a file';
            return [finding('broken-car', name, `${title} does not hold ${file} of the ${nounOf(artifact.type)} '${name}'.`)];
        }
        const isXml = artifactKinds.some(({ type }) => type === artifact.type);
        if (isXml && documents(artifact) === undefined) {
            return [finding('malformed', name, `The ${nounOf(artifact.type)} '${name}' in ${title} is not well-formed XML.`)];
        }
        return [];
    });
}
/** The CAR plugin names a connector's artifact after the artifactId of the pom. */
function missingConnectors(car, wanted) {
    const held = new Set(car.dependencies.map(({ artifact }) => artifact));
    return wanted
        .filter(({ name }) => !held.has(name))
        .map(({ name, file, line }) => {
        const message = `The connector ${name}, which the pom asks for, is not in ${car.name} ${car.version}.`;
        return finding('connector-missing', name, message, { file, line });
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/registry-sources.ts
/** The registry resources of a project: src/main/wso2mi/resources and the artifact.xml that lists them. */





/** Folders and files of resources/ that are not registry resources. */
const otherFolders = new Set([
    'conf',
    'api-definitions',
    'connectors',
    'inbound-connectors',
    'metadata',
    'idp-schemas',
]);
/** Reads the lists and looks for what they name. */
function readRegistrySources(resources) {
    const lists = ['artifact.xml', 'registry/artifact.xml'].map((name) => (0,external_node_path_.join)(resources, name)).filter(external_node_fs_.existsSync);
    const items = [];
    const beyond = [];
    let malformed;
    for (const list of lists) {
        try {
            for (const [first, ...others] of itemsOf(list, resources)) {
                if (first !== undefined)
                    items.push(first);
                beyond.push(...others);
            }
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            malformed ??= { list, message: error.message, line: error.line };
        }
    }
    const listed = [...items, ...beyond].map(({ file }) => file).filter((file) => file !== undefined);
    const unlisted = malformed === undefined
        ? candidates(resources).filter((file) => !lists.includes(file) && !listed.some((known) => file === known || file.startsWith(`${known}/`)))
        : [];
    return { items, beyond, unlisted, malformed };
}
/** Of each artifact: its items, or its collections when it has none. */
function itemsOf(list, resources) {
    return childrenNamed(xml_parseXml((0,external_node_fs_.readFileSync)(list, 'utf8')), 'artifact').map((artifact) => {
        const [items, collections] = [childrenNamed(artifact, 'item'), childrenNamed(artifact, 'collection')];
        return [...items, ...collections].map((element) => {
            const text = (name) => childrenNamed(element, name)[0]?.text.trim() ?? '';
            const name = element.name === 'collection' ? text('directory') : text('file');
            const path = text('path').replace(/\/+$/, '');
            const registryPath = element.name === 'collection' ? path : `${path}/${name}`;
            const place = (0,external_node_path_.join)((0,external_node_path_.dirname)(list), registry_sources_placeOf(registryPath));
            const file = isBelow(resources, place) ? place : undefined;
            return {
                artifact: artifact.attributes.name ?? '',
                version: artifact.attributes.version ?? '',
                element,
                registryPath,
                file,
                content: file !== undefined && (0,external_node_fs_.statSync)(file).isFile() ? (0,external_node_fs_.readFileSync)(file) : undefined,
                generated: isDataMapperOutput(place),
                expected: (0,external_node_path_.join)('resources', (0,external_node_path_.relative)(resources, place)),
                list,
                line: element.line,
            };
        });
    });
}
/** Neither `..` nor a link in a list may lead out of the resources. */
function isBelow(folder, path) {
    return (0,external_node_fs_.existsSync)(path) && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(folder), (0,external_node_fs_.realpathSync)(path));
}
/** Where the plugin looks for a registry path, relative to the folder of the list. */
function registry_sources_placeOf(registryPath) {
    const [, hive, rest = ''] = /^\/_system\/(governance\/mi-resources|governance|config)(.*)$/.exec(registryPath) ?? [];
    if (hive === undefined)
        return registryPath.replace(/^\/+/, '');
    if (hive === 'governance/mi-resources')
        return rest;
    return `${hive === 'governance' ? 'gov' : 'conf'}${rest}`;
}
/** x.dmc and the two schemas of a folder that holds the mapping x.ts. */
function isDataMapperOutput(path) {
    const [, name] = /^(.*?)(?:\.dmc|_(?:input|output)Schema\.json)$/.exec((0,external_node_path_.basename)(path)) ?? [];
    return name !== undefined && (0,external_node_fs_.existsSync)((0,external_node_path_.join)((0,external_node_path_.dirname)(path), `${name}.ts`));
}
/** Without notes and the TypeScript of data mappers, which are no resources themselves. */
function candidates(resources) {
    if (!(0,external_node_fs_.existsSync)(resources))
        return [];
    return (0,external_node_fs_.readdirSync)(resources, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(?:md|ts)$/i.test(entry.name))
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name))
        .filter((file) => !otherFolders.has((0,external_node_path_.relative)(resources, file).split(/[\\/]/)[0] ?? ''))
        .sort();
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/sources.ts
/** The sources of an MI project in the layout src/main/wso2mi, read as the Maven plugin would and with more care. */







const largestSource = 32 * 1024 * 1024;
/** True when the project has this layout at all. */
function hasWso2miSources(projectFolder) {
    return (0,external_node_fs_.existsSync)((0,external_node_path_.join)(projectFolder, 'src/main/wso2mi'));
}
/** Reads the sources of one project folder. */
function readSources(projectFolder) {
    const folder = (0,external_node_path_.join)(projectFolder, 'src/main/wso2mi');
    const artifactsFolder = (0,external_node_path_.join)(folder, 'artifacts');
    const artifacts = [];
    const strays = [];
    for (const file of filesBelow(artifactsFolder)) {
        const parts = (0,external_node_path_.relative)(artifactsFolder, file).split(/[\\/]/);
        const kind = parts.length > 1 ? kindOfFolder(parts[0] ?? '') : undefined;
        const content = artifactContent(file);
        if (content === undefined) {
            if (file.endsWith('.toml')) {
                strays.push({ file, folder: parts.slice(0, -1).join('/'), reason: 'not-an-artifact', root: undefined });
            }
            continue;
        }
        if (kind !== undefined && parts.length === 2) {
            artifacts.push(sourceArtifact(kind, file, content));
            continue;
        }
        const reason = kind !== undefined ? 'sub-folder' : parts.length > 1 ? 'unknown-folder' : 'no-folder';
        strays.push({ file, folder: parts.slice(0, -1).join('/'), reason, root: rootOf(sources_textOf(content)) });
    }
    // A mistake people make: Java's source folder instead of the project's own.
    const otherRoot = (0,external_node_path_.join)(projectFolder, 'src/main/java/wso2mi');
    for (const file of filesBelow(otherRoot)) {
        const content = artifactContent(file);
        if (content !== undefined) {
            strays.push({ file, folder: 'src/main/java/wso2mi', reason: 'other-root', root: rootOf(sources_textOf(content)) });
        }
    }
    return {
        folder,
        artifacts,
        strays,
        registry: readRegistrySources((0,external_node_path_.join)(folder, 'resources')),
    };
}
function filesBelow(folder) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return [];
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true })
        .map((entry) => ({ entry, path: (0,external_node_path_.join)(entry.parentPath, entry.name) }))
        .filter(({ entry, path }) => entry.isFile() || (entry.isSymbolicLink() && isFileBelow(folder, path)))
        .map(({ path }) => path)
        .sort();
}
/** A link is followed to files of the same folder alone. */
function isFileBelow(folder, link) {
    return (0,external_node_fs_.existsSync)(link) && (0,external_node_fs_.statSync)(link).isFile() && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(folder), (0,external_node_fs_.realpathSync)(link));
}
/**
 * The bytes of a file that the plugin takes for an artifact; undefined for one that it leaves aside with an error
 * line (.gitkeep, notes): what does not start like XML and is not called so.
 */
function artifactContent(file) {
    if ((0,external_node_fs_.statSync)(file).size > largestSource)
        return undefined;
    const content = (0,external_node_fs_.readFileSync)(file);
    const called = /\.(xml|dbs)$/i.test(file) && !/[\\/]\.[^\\/]*$/.test(file);
    return called || sources_textOf(content.subarray(0, 1024)).trimStart().startsWith('<') ? content : undefined;
}
function sources_textOf(content) {
    return content.toString('utf8').replace(/^\ufeff/, '');
}
/** Reads one artifact of a kind that is known. */
function readSourceArtifact(kind, file) {
    return sourceArtifact(kind, file, (0,external_node_fs_.readFileSync)(file));
}
function sourceArtifact(kind, file, content) {
    const text = sources_textOf(content);
    const artifact = { kind, file, content };
    if (isEmptyDocument(text)) {
        const message = text.trim() === '' ? 'is empty' : 'holds nothing but comments';
        const flaw = { kind: 'empty', message, line: 1, column: undefined };
        return { ...artifact, name: undefined, root: undefined, startTag: undefined, flaw };
    }
    try {
        // The replacement character stands for bytes that are no UTF-8.
        if (text.includes('\ufffd')) {
            const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
            throw new formats_malformed/* MalformedError */.G('holds bytes that are not UTF-8', { line });
        }
        const root = xml_parseXml(text);
        return { ...artifact, name: artifactName(root, file), root, startTag: root, flaw: undefined };
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        const { message, line, column } = error;
        const startTag = startTagOf(text);
        const name = startTag === undefined ? seemingName(text) : artifactName(startTag, file);
        return { ...artifact, name, root: undefined, startTag, flaw: { kind: 'malformed', message, line, column } };
    }
}
/** The start tag of the root element, read as if the document were no more than that. */
function startTagOf(text) {
    const [, prologue = '', tag = ''] = /^((?:\s|<\?.*?\?>|<!--.*?-->|<![A-Z][^>]*>)*)(<[^<>!?](?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/s.exec(text) ?? [];
    return tag === '' ? undefined : rootOf(`${'\n'.repeat(prologue.split('\n').length - 1)}${tag.replace(/\/$/, '')}/>`);
}
function isEmptyDocument(text) {
    return (text
        .replace(/<\?.*?\?>/gs, '')
        .replace(/<!--.*?-->/gs, '')
        .trim() === '');
}
/** The name in the first start tag of a document that cannot be parsed. */
function seemingName(text) {
    const tag = /<[A-Za-z][\w.:-]*\b[^<>]*/.exec(text.replace(/<!--.*?-->/gs, ''))?.[0];
    return tag === undefined ? undefined : /\s(?:name|key)\s*=\s*["']([^"'<>=]+)["']/.exec(tag)?.[1];
}
function rootOf(text) {
    try {
        return xml_parseXml(text);
    }
    catch (error) {
        if (error instanceof formats_malformed/* MalformedError */.G)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/legacy-sources.ts
/**
 * The sources of Integration Studio and Developer Studio projects: modules whose artifact.xml lists what they hold, and
 * modules of packaging carbon/application whose poms choose from it.
 */







/** Types of artifact.xml that are one kind with others. */
const kindsOfType = new Map([
    ...artifactKinds.map((kind) => [kind.type, kind]),
    ...artifactKinds
        .filter(({ root }) => root === 'template')
        .flatMap((kind) => [['synapse/endpointTemplate', kind], ['synapse/sequenceTemplate', kind]]),
]);
/** Where these tools keep configuration, in a module. */
const configFolders = ['src/main/synapse-config', 'src/main/dataservice', 'dataservice', 'datasource'];
/** True when a module lists its artifacts in this way. */
function hasArtifactList(moduleFolder) {
    return (0,external_node_fs_.existsSync)((0,external_node_path_.join)(moduleFolder, 'artifact.xml'));
}
/** True when the pom of a composite application asks for a declared artifact. */
function isExported(artifact, exported) {
    return exported.some(({ groupId, artifactId }) => artifactId === artifact.name && (groupId === undefined || (artifact.groupId ?? groupId) === groupId));
}
/**
 * Reads the lists of all modules.
 * @param modules their folders, absolute
 * @param folder of the module that makes the carbon application, absolute
 */
function readLegacySources(modules, folder, exported) {
    const artifacts = [];
    const items = [];
    const declared = [];
    const listed = new Set();
    let malformed;
    for (const module of modules.filter(hasArtifactList)) {
        const list = (0,external_node_path_.join)(module, 'artifact.xml');
        try {
            for (const element of childrenNamed(xml_parseXml((0,external_node_fs_.readFileSync)(list, 'utf8')), 'artifact')) {
                const { name = '', groupId, type = '', version = '' } = element.attributes;
                const artifact = { groupId, name, type, list, line: element.line };
                declared.push(artifact);
                const wanted = isExported(artifact, exported);
                const path = childrenNamed(element, 'file')[0]?.text.trim();
                const file = path === undefined ? undefined : (0,external_node_path_.join)(module, path);
                if (file !== undefined)
                    listed.add(file);
                const kind = kindsOfType.get(type);
                if (wanted && kind !== undefined && file !== undefined) {
                    artifacts.push(declaredArtifact(kind, module, file, artifact));
                }
                if (wanted && type === 'registry/resource')
                    items.push(...resourcesOf(element, module, { name, version, list }));
            }
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            malformed ??= { list, message: error.message, line: error.line };
        }
    }
    return {
        sources: { folder, artifacts, strays: [], registry: { items, beyond: [], unlisted: [], malformed } },
        declared,
        // With a list that cannot be read, nobody knows what it lists.
        unlisted: malformed === undefined ? modules.flatMap(configFiles).filter((file) => !listed.has(file)) : [],
    };
}
function declaredArtifact(kind, module, file, { name, list, line }) {
    if ((0,external_node_fs_.existsSync)(file) && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(module), (0,external_node_fs_.realpathSync)(file)) && (0,external_node_fs_.statSync)(file).isFile()) {
        return { ...readSourceArtifact(kind, file), name, declaredIn: list };
    }
    return {
        kind,
        file: list,
        name,
        root: undefined,
        startTag: undefined,
        content: Buffer.alloc(0),
        declaredIn: list,
        flaw: {
            kind: 'absent',
            message: `lists ${file.slice(module.length + 1)}, which does not exist`,
            line,
            column: undefined,
        },
    };
}
function resourcesOf(artifact, module, { name, version, list }) {
    return [...childrenNamed(artifact, 'item'), ...childrenNamed(artifact, 'collection')].map((element) => {
        const text = (child) => childrenNamed(element, child)[0]?.text.trim() ?? '';
        const isFolder = element.name === 'collection';
        const expected = isFolder ? text('directory') : text('file');
        const place = (0,external_node_path_.join)(module, expected);
        const file = (0,external_node_fs_.existsSync)(place) && (0,safe_path/* isInside */.F)((0,external_node_fs_.realpathSync)(module), (0,external_node_fs_.realpathSync)(place)) ? place : undefined;
        const path = text('path').replace(/\/+$/, '');
        return {
            artifact: name,
            version,
            element,
            registryPath: isFolder ? path : `${path}/${expected.slice(expected.lastIndexOf('/') + 1)}`,
            file,
            content: file !== undefined && (0,external_node_fs_.statSync)(file).isFile() ? (0,external_node_fs_.readFileSync)(file) : undefined,
            generated: false,
            expected,
            list,
            line: element.line,
        };
    });
}
function configFiles(module) {
    return configFolders
        .map((name) => (0,external_node_path_.join)(module, name))
        .filter((folder) => (0,external_node_fs_.existsSync)(folder) && (0,external_node_fs_.statSync)(folder).isDirectory())
        .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.(?:xml|dbs)$/i.test(entry.name))
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name)))
        .sort();
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/check-legacy.ts
/** What a composite application of the older layout lacks, and what of the sources is in none. Pure. */



/** Beyond what `checkCar` finds: what the pom asks for and no module declares (a library, another project's artifact). */
function foreignArtifactFindings({ car, legacy, exported, pom }) {
    const held = new Set(car.dependencies.map(({ artifact }) => artifact));
    const compared = new Set([
        ...legacy.sources.artifacts.map(({ name }) => name),
        ...legacy.sources.registry.items.map(({ artifact }) => artifact),
    ]);
    return exported
        .filter(({ artifactId }) => !held.has(artifactId) && !compared.has(artifactId))
        .map(({ artifactId, line }) => {
        const message = `${artifactId}, which the pom asks for, is not in ${car.name} ${car.version}.`;
        return finding('missing', artifactId, message, { file: pom, line });
    });
}
/** What is in no composite application of the project: declared and not asked for, or not even declared. */
function notExportedFindings({ declared, unlisted }, exported, display) {
    return [
        ...declared
            .filter((artifact) => !isExported(artifact, exported))
            .map(({ name, type, list, line }) => {
            const message = `No composite application of this project asks for the ${nounOf(type)} '${name}'.`;
            return finding('not-exported', name, message, { file: display(list), line }, 'warning');
        }),
        ...unlisted.map((path) => {
            const file = display(path);
            return finding('not-exported', file, `${file} is listed in no artifact.xml.`, { file }, 'warning');
        }),
    ];
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/class-use.ts
/** Java classes that mediation uses (`<class name="…">`, a task's class), and whether the carbon application has them. */



/** The first use of each class. */
function classUses(sources) {
    const uses = new Map();
    for (const { root, file } of sources.artifacts) {
        const visit = ({ name, attributes, line, children }) => {
            const className = name === 'class' ? attributes.name : attributes.class;
            if (className !== undefined && /^[\w$]+(?:\.[\w$]+)*$/.test(className) && !uses.has(className)) {
                uses.set(className, { className, file, line });
            }
            children.forEach(visit);
        };
        if (root !== undefined)
            visit(root);
    }
    return [...uses.values()];
}
/** The classes in the jars of carbon applications; undefined when one of them cannot be read. */
async function classesIn(cars) {
    const classes = new Set();
    for (const { type, payload } of cars.flatMap(({ artifacts }) => artifacts)) {
        if (!type.startsWith('lib/') || payload === undefined)
            continue;
        try {
            for (const { name } of await readZip(payload)) {
                if (name.endsWith('.class'))
                    classes.add(name.slice(0, -'.class'.length).replaceAll('/', '.'));
            }
        }
        catch (error) {
            if (!(error instanceof formats_malformed/* MalformedError */.G))
                throw error;
            return undefined;
        }
    }
    return classes;
}
/** Classes of this project that its mediation uses and no carbon application of the run holds. */
async function classFindings(comparison) {
    const { car, sources, others, sourceOf, hint, display } = comparison;
    const own = classUses(sources).flatMap((use) => {
        const source = sourceOf(use.className);
        return source === undefined ? [] : [{ ...use, source }];
    });
    if (own.length === 0)
        return [];
    const packed = await classesIn([car, ...others]);
    if (packed === undefined)
        return [];
    return own
        .filter(({ className }) => !packed.has(className))
        .map(({ className, file, line, source }) => {
        const message = `The class ${className} (${display(source)}) is used here and is not in ${car.name} ${car.version}.`;
        const whole = hint === undefined ? message : `${message} ${hint}`;
        return finding('class-unpackaged', className, whole, { file: display(file), line }, 'warning');
    });
}

;// CONCATENATED MODULE: ./actions/build-mi/src/carbon-applications.ts
/** The carbon applications of this run, each compared with the sources that it is made of. */














/** Name, version and type of each artifact that artifacts.xml lists, in its order. */
function artifactsOf(car) {
    return car.dependencies.map((dependency) => ({
        name: dependency.artifact,
        version: dependency.version,
        type: artifactOf(car, dependency)?.type ?? 'unknown',
    }));
}
/**
 * Reads and compares them.
 * @throws InputError CAR_MALFORMED, CAR_NOT_FOUND; VerificationError CAR_DUPLICATE
 */
async function readCarbonApplications(cars, project, files) {
    const read = [];
    for (const file of cars) {
        const { entries, ...car } = await readCar(file, files.display(file));
        const twin = read.find(({ car: other }) => other.name === car.name && other.version === car.version);
        if (twin !== undefined) {
            const both = `${files.display(twin.file)} and ${files.display(file)}`;
            throw new base_errors/* VerificationError */.mk(codes_codes.CAR_DUPLICATE, `${both} are both the carbon application ${car.name} ${car.version}`);
        }
        read.push({ file, car, entries });
    }
    const applications = [];
    for (const { file, car, entries } of read) {
        const module = moduleOf(file, car, project);
        const others = read.filter(({ car: other }) => other !== car).map(({ car: other }) => other);
        const legacy = module === undefined || project === undefined ? undefined : legacyOf(module, project);
        const sources = module !== undefined && hasLayout(module) ? readSources(module.folder) : legacy?.legacy.sources;
        const display = (path) => files.display(path);
        const findings = checkCar({
            car,
            sources,
            connectors: module === undefined ? [] : connectorsOf(module, files),
            packedConnectors: await connectorsIn(car),
            elsewhere: await namesIn(others),
            display,
        });
        if (sources !== undefined && module !== undefined && project !== undefined) {
            const { sourceOf, hint } = javaOf(project, module);
            findings.push(...(await classFindings({ car, sources, others, sourceOf, hint, display })));
        }
        if (legacy !== undefined && module !== undefined) {
            const { exported } = legacy;
            const pom = display(module.pomFile);
            findings.push(...foreignArtifactFindings({ car, legacy: legacy.legacy, exported, pom, display }));
            // What no composite application has is said once, not with each.
            if (!applications.some((earlier) => earlier.compared)) {
                findings.push(...notExportedFindings(legacy.legacy, legacy.exportedByAny, display));
            }
        }
        applications.push({ file, car, entries, compared: sources !== undefined, findings });
    }
    return applications;
}
/** Where the project has Java classes, and what its pom says about their way into the CAR. */
function javaOf(project, { pom, folder }) {
    const early = pom.packaging === 'jar' && !packsClassMediators({ ...project, pom, folder });
    return {
        sourceOf: (className) => {
            const path = `src/main/java/${className.replace(/\$.*$/, '').replaceAll('.', '/')}.java`;
            return project.modules.map((module) => (0,external_node_path_.join)(module.folder, path)).find((file) => (0,external_node_fs_.existsSync)(file));
        },
        hint: early
            ? "The goal 'car' runs before the phase 'package', and there is no jar before it: bind the goal to 'package'."
            : undefined,
    };
}
/** What the other carbon applications of this run bring: artifacts and connectors. */
async function namesIn(cars) {
    const connectors = await Promise.all(cars.map(connectorsIn));
    return new Set([
        ...cars.flatMap(({ artifacts }) => artifacts.map(({ name }) => name)),
        ...connectors.flatMap((names) => [...(names ?? [])]),
    ]);
}
/** @throws VerificationError CAR_DIFFERS when there is an error among the findings */
function requireSame(applications) {
    const errors = applications.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'));
    const [first] = errors;
    if (first === undefined)
        return;
    const more = errors.length > 1 ? ` And ${(0,base_text/* count */.U9)(errors.length - 1, 'more difference')}, see the annotations.` : '';
    throw new base_errors/* VerificationError */.mk(codes_codes.CAR_DIFFERS, `${first.message} ${first.effect}${more}`, {
        location: first.file === undefined
            ? undefined
            : { file: first.file, ...(first.line !== undefined && { line: first.line }) },
    });
}
/** The module that made the CAR: the one whose target it lies in, else the one of the application's name. */
function moduleOf(file, car, project) {
    const around = project?.modules
        .filter(({ folder }) => (0,safe_path/* isInside */.F)(folder, file))
        .sort((a, b) => b.folder.length - a.folder.length)[0];
    return around ?? project?.modules.find(({ pom }) => pom.artifactId === car.name);
}
/** undefined when the module is no composite application, or no module lists its artifacts. */
function legacyOf(module, { modules }) {
    const isComposite = ({ pom }) => pom.packaging === 'carbon/application';
    const folders = modules.map(({ folder }) => folder);
    if (!isComposite(module) || !folders.some(hasArtifactList))
        return undefined;
    const exportedBy = ({ pom }) => pom.dependencies
        .filter(({ type }) => type !== 'pom')
        .map(({ groupId, artifactId = '', line }) => ({ groupId, artifactId, line }));
    const exported = exportedBy(module);
    const exportedByAny = modules.filter(isComposite).flatMap(exportedBy);
    return { legacy: readLegacySources(folders, module.folder, exported), exported, exportedByAny };
}
/** A project of the CAR plugin for this layout may also have no sources at all: its CAR is then empty. */
function hasLayout({ folder, pom }) {
    return hasWso2miSources(folder) || pom.plugins.some(({ artifactId }) => artifactId === 'vscode-car-plugin');
}
function connectorsOf({ pom, pomFile }, files) {
    return pom.dependencies
        .filter(({ type, groupId = '', artifactId = '' }) => type === 'zip' &&
        (groupId.startsWith('org.wso2.integration.connector') || /connector|inbound/.test(artifactId)))
        .map(({ artifactId = '', line }) => ({ name: artifactId, file: files.display(pomFile), line }));
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/base-image.ts
/** Where things belong in an MI image, read from the base image's own configuration. */


/**
 * Reads it.
 * @param reference the base image, for messages
 * @throws InputError BASE_IMAGE_NOT_MI, BASE_IMAGE_USER_UNKNOWN
 */
function miImage(config, reference) {
    const serverHome = config.Env?.find((variable) => variable.startsWith('WSO2_SERVER_HOME='))
        ?.slice('WSO2_SERVER_HOME='.length)
        .replace(/\/+$/, '');
    if (serverHome?.startsWith('/') !== true) {
        const problem = `${reference} has no environment variable WSO2_SERVER_HOME, so it is no Micro Integrator image`;
        throw new base_errors/* InputError */.dz(codes_codes.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem, example: 'wso2/wso2mi:4.4.0' }]);
    }
    if (/\/wso2am(-|$)/.test(serverHome)) {
        const problem = `${reference} is an API Manager (${serverHome}), which takes no carbon applications of MI`;
        throw new base_errors/* InputError */.dz(codes_codes.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem, example: 'wso2/wso2mi:4.4.0' }]);
    }
    return {
        serverHome,
        userHome: userHomeOf(serverHome),
        ...ownerOf(config.User ?? '', serverHome, reference),
        carbonapps: `${serverHome}/repository/deployment/server/carbonapps`,
        deploymentToml: `${serverHome}/conf/deployment.toml`,
    };
}
/** /home/wso2carbon of /home/wso2carbon/wso2mi-4.2.0; a server outside /home stands for itself. */
function userHomeOf(serverHome) {
    return /^\/home\/[^/]+(?=\/)/.exec(serverHome)?.[0] ?? serverHome;
}
function ownerOf(user, serverHome, reference) {
    const [name = '', group] = user.split(':');
    if (name === '' || name === 'root')
        return { uid: 0, gid: group === undefined || !/^\d+$/.test(group) ? 0 : Number(group) };
    // WSO2's images give the group the number of the user.
    if (/^\d+$/.test(name))
        return { uid: Number(name), gid: group !== undefined && /^\d+$/.test(group) ? Number(group) : Number(name) };
    const version = /wso2(?:mi|ei)-(\d+)\.(\d+)/.exec(serverHome);
    if (name === 'wso2carbon' && version !== null) {
        // docker-ei: 802 up to MI 4.3, 10802 since 4.4.
        const [major, minor] = [Number(version[1]), Number(version[2])];
        const number = serverHome.includes('wso2mi-') && (major > 4 || (major === 4 && minor >= 4)) ? 10802 : 802;
        return { uid: number, gid: number };
    }
    const problem = `${reference} runs as '${user}', which is no number`;
    throw new base_errors/* InputError */.dz(codes_codes.BASE_IMAGE_USER_UNKNOWN, [{ subject: 'base-image', problem, example: 'USER 802:802' }]);
}
/** Folders of the server that every MI image has (docker-mi, 1.2 to 4.4). */
const SERVER_FOLDERS = [
    '',
    '/bin',
    '/conf',
    '/dropins',
    '/lib',
    '/repository',
    '/repository/deployment',
    '/repository/deployment/server',
    '/repository/deployment/server/carbonapps',
    '/repository/resources',
    '/repository/resources/security',
];
/** What is known of an MI image's files without reading its layers: nothing when its server is outside /home. */
function miFiles({ serverHome, userHome, uid, gid, carbonapps, deploymentToml }) {
    const own = { uid, gid, mode: 0o755 };
    if (userHome === serverHome)
        return { directories: {}, open: [], files: {}, users: {}, groups: {} };
    const user = userHome.slice(userHome.lastIndexOf('/') + 1);
    return {
        directories: {
            '/home': { uid: 0, gid: 0, mode: 0o755 },
            [userHome]: own,
            ...Object.fromEntries(SERVER_FOLDERS.map((folder) => [`${serverHome}${folder}`, own])),
        },
        open: [carbonapps, `${serverHome}/conf`, `${serverHome}/lib`, `${serverHome}/dropins`],
        files: { [deploymentToml]: { uid, gid, mode: 0o644 } },
        // docker-mi: groupadd wso2, useradd wso2carbon.
        users: user === 'wso2carbon' ? { wso2carbon: { uid, gid } } : {},
        groups: user === 'wso2carbon' ? { wso2: gid } : {},
    };
}
/** The image that WSO2 publishes for a version of MI. */
function defaultBase(runtimeVersion) {
    return `wso2/wso2mi:${runtimeVersion}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/codes.ts

/** Failures around images and registries. */
const oci_codes_codes = (0,base_errors/* defineCodes */.Oo)({
    IMAGE_REFERENCE_INVALID: {
        title: 'An image reference is malformed',
        meaning: 'A text that should name an image does not follow the grammar registry/repository:tag@digest.',
        remedy: 'Write it like ghcr.io/acme/employee-service:1.4.0; repositories are in lower case.',
    },
    IMAGE_PLATFORM_INVALID: {
        title: 'A platform is malformed',
        meaning: 'A text that should name a platform is not os/architecture, optionally with a variant.',
        remedy: 'Write platforms like linux/amd64, linux/arm64 or linux/arm/v7.',
    },
    IMAGE_PLATFORM_MISSING: {
        title: 'The image does not exist for a platform',
        meaning: 'The image was found in the registry, and it has no variant for a platform that was asked for.',
        remedy: 'Choose platforms from the list in the message, or build the image for the missing one.',
    },
    IMAGE_MANIFEST_INVALID: {
        title: 'The registry holds a manifest that cannot be used',
        meaning: 'A manifest, index or configuration is not JSON, too large, of an old format, or lacks what it must have.',
        remedy: 'Push the image again with a current tool (Docker schema 2 or OCI), or choose another tag.',
    },
    IMAGE_LAYER_INVALID: {
        title: 'Files cannot be put into an image layer',
        meaning: 'Paths inside the image clash, leave their folder, or are reserved for whiteouts; or a file cannot be read.',
        remedy: 'Correct the target paths named in the message: absolute, each used once.',
    },
    DOCKERFILE_INVALID: {
        title: 'The Dockerfile has an error',
        meaning: 'An instruction of the Dockerfile is malformed, or copies what is not there; docker build fails there, too.',
        remedy: 'Correct the line that the message names.',
    },
    DOCKERFILE_CONTEXT_REFUSED: {
        title: 'The build context holds what an image must not take',
        meaning: 'A link leads out of the folder of the Dockerfile, in a circle, or there are far too many files.',
        remedy: 'Put the file itself into the context, or leave the link out with .dockerignore.',
    },
    DOCKER_UNAVAILABLE: {
        title: 'The image needs docker, and docker does not answer',
        meaning: 'The Dockerfile holds instructions that only docker can carry out, or image-builder says docker, and there is no usable docker on this runner.',
        remedy: 'Use a runner with docker, or move those instructions into your own base image, which is then built once.',
    },
    DOCKER_BUILD_FAILED: {
        title: 'docker build failed',
        meaning: 'docker ended with an error that this action has no better name for.',
        remedy: 'Read docker’s own words in the message and in the summary.',
    },
    DOCKER_STEP_FAILED: {
        title: 'A command in the Dockerfile failed',
        meaning: 'A RUN instruction ended with another exit code than 0.',
        remedy: 'Read the output of that command in the log of the step; run docker build on your own machine to try it.',
    },
    DOCKER_BASE_UNAVAILABLE: {
        title: 'docker cannot pull an image that the Dockerfile names',
        meaning: 'The image of a FROM or COPY --from does not exist, or this account may not read it.',
        remedy: 'Correct the name, or log in to its registry in an earlier step (docker/login-action).',
    },
    DOCKER_NO_SPACE: {
        title: 'docker ran out of disk space',
        meaning: 'The disk of the runner is full.',
        remedy: 'Remove what the job does not need (docker system prune), or use a larger runner.',
    },
    DOCKER_PLATFORM_UNSUPPORTED: {
        title: 'docker cannot build for a platform',
        meaning: 'The builder of this docker makes images for one platform, or cannot run programs of another one.',
        remedy: 'Set platforms to the one of the runner, or run docker/setup-qemu-action and docker/setup-buildx-action before.',
    },
    DOCKER_CERTIFICATE: {
        title: 'The docker daemon does not trust the registry',
        meaning: 'The daemon pushes by itself and does not know the certificate authority that registry-ca gives.',
        remedy: 'Put the certificate into /etc/docker/certs.d/<registry>/ca.crt on the runner, or build without docker.',
    },
    IMAGE_EPOCH_INVALID: {
        title: 'SOURCE_DATE_EPOCH is not a number of seconds',
        meaning: 'SOURCE_DATE_EPOCH gives the time that is written into the image; it must be a whole number of seconds.',
        remedy: 'Set it like SOURCE_DATE_EPOCH=$(git log -1 --pretty=%ct), or leave it unset.',
    },
    IMAGE_CONTENT_MISMATCH: {
        title: 'The registry gave other content than it named',
        meaning: 'The bytes that came back do not have the digest under which they were asked for or announced.',
        remedy: 'A proxy or a damaged registry storage does this. Pull through another way, or push the image again.',
    },
    IMAGE_TAG_MISMATCH: {
        title: 'A tag does not point to what was pushed',
        meaning: 'After the push the tag was read back from the registry, and it names another image.',
        remedy: 'Look for another workflow that pushes the same tag at the same time, and for immutable tag rules.',
    },
    IMAGE_REFERRER_MISSING: {
        title: 'The registry does not list what was attached',
        meaning: 'An SBOM or a provenance statement was pushed for the image, and the registry does not show it there.',
        remedy: 'Run the step again; when it stays so, the registry does not support referrers: leave sbom and provenance out.',
    },
    REGISTRY_UNAUTHORIZED: {
        title: 'The registry does not know who asks',
        meaning: 'The registry refused the request for lack of valid credentials.',
        remedy: 'Give registry-username and registry-password, or log in in an earlier step (docker/login-action); if you did, check that this account may pull and push there. A private or misspelt repository answers the same.',
    },
    REGISTRY_FORBIDDEN: {
        title: 'The registry does not allow it',
        meaning: 'The credentials are valid, and they do not have the permission that this request needs.',
        remedy: 'Grant the account push (or pull) on the repository; on ghcr.io the job needs `permissions: packages: write` and the package must trust the repository.',
    },
    REGISTRY_NOT_FOUND: {
        title: 'The registry does not have it',
        meaning: 'The repository, tag, digest or blob does not exist in the registry, or is hidden from these credentials.',
        remedy: 'Check the spelling of registry, repository and tag, and that the image was pushed before.',
    },
    REGISTRY_RATE_LIMITED: {
        title: 'The registry limits the rate of requests',
        meaning: 'The registry answered "too many requests" until the attempts were used up.',
        remedy: 'Log in (anonymous limits are lower), use a mirror or your own registry for the base image, or try later.',
    },
    REGISTRY_UNAVAILABLE: {
        title: 'The registry failed',
        meaning: 'The registry answered with a server error until the attempts were used up.',
        remedy: 'Run the step again: what is already in the registry is not uploaded twice. Look at the registry’s status.',
    },
    REGISTRY_REFUSED: {
        title: 'The registry refused the request',
        meaning: 'The registry answered that the request itself is not acceptable.',
        remedy: 'Read the registry’s own words in the message: quota, immutable tags and policies answer like this.',
    },
    REGISTRY_PROTOCOL: {
        title: 'The answer is not that of a registry',
        meaning: 'The service answered in a way that the OCI distribution specification does not allow.',
        remedy: 'Check that the reference names a registry and not a web page or a proxy’s login form.',
    },
    REGISTRY_CREDENTIALS_UNREADABLE: {
        title: 'Stored registry credentials cannot be read',
        meaning: 'The docker configuration file is not readable JSON, or an entry in it is not user:password in base64.',
        remedy: 'Log in again with docker login, or give registry-username and registry-password.',
    },
    REGISTRY_CREDENTIAL_HELPER: {
        title: 'A docker credential helper failed',
        meaning: 'The docker configuration names a credential helper, and the helper is absent or ended with an error.',
        remedy: 'Install and set up the helper that the message names, or give registry-username and registry-password.',
    },
});

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/pattern.ts
/** File patterns as Docker reads them: Go's path matching, and its extension with `**` in .dockerignore. */
function hasWildcard(path) {
    return /[*?[\\]/.test(path);
}
/** A pattern of COPY and ADD: `*` and `?` stay within one level. @throws SyntaxError when it is malformed */
function copyPattern(pattern) {
    return compile(pattern, false);
}
/** A pattern of .dockerignore: `**` stands for any number of levels. @throws SyntaxError when it is malformed */
function ignorePattern(pattern) {
    return compile(pattern, true);
}
function compile(pattern, deep) {
    let source = '';
    for (let at = 0; at < pattern.length; at += 1) {
        const char = pattern.charAt(at);
        if (char === '*') {
            const stars = /^\*+/.exec(pattern.slice(at))?.[0].length ?? 1;
            at += stars - 1;
            if (!deep || stars === 1)
                source += '[^/]*';
            else if (pattern.charAt(at + 1) === '/') {
                at += 1;
                source += '(?:.*/)?';
            }
            else
                source += '.*';
        }
        else if (char === '?')
            source += '[^/]';
        else if (char === '[') {
            const end = pattern.indexOf(']', at + 2);
            if (end < 0)
                throw new SyntaxError(`${pattern} has a [ without its ]`);
            const inside = pattern.slice(at + 1, end).replace(/[\][]/g, '\\$&');
            source += `(?!/)[${inside}]`;
            at = end;
        }
        else if (char === '\\') {
            at += 1;
            if (at >= pattern.length)
                throw new SyntaxError(`${pattern} ends in \\`);
            source += literal(pattern.charAt(at));
        }
        else
            source += literal(char);
    }
    return new RegExp(`^${source}$`, 'su');
}
function literal(char) {
    return /[.*+?^${}()|[\]\\/]/.test(char) ? `\\${char}` : char;
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/ignore.ts
/** .dockerignore: what of the build context does not exist for COPY and ADD. */


const ignoreNothing = { ignores: () => false, hasExceptions: false };
/** Reads a .dockerignore. @throws SyntaxError with the line of a malformed pattern */
function parseDockerignore(text) {
    const rules = [];
    text
        .replace(/^\ufeff/, '')
        .split(/\r?\n/)
        .forEach((raw, index) => {
        if (raw.startsWith('#'))
            return;
        const trimmed = raw.trim();
        const except = trimmed.startsWith('!');
        const written = (except ? trimmed.slice(1).trim() : trimmed).replace(/\/+$/, '');
        if (written === '')
            return;
        const cleaned = external_node_path_.posix.normalize(written).replace(/^\/+/, '');
        if (cleaned === '' || cleaned === '.')
            return;
        try {
            rules.push({ except, pattern: ignorePattern(cleaned) });
        }
        catch (error) {
            throw new SyntaxError(`line ${index + 1}: ${error.message}`);
        }
    });
    if (rules.length === 0)
        return ignoreNothing;
    return {
        hasExceptions: rules.some(({ except }) => except),
        ignores(path) {
            const parts = path.split('/');
            const ways = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
            // The last rule that speaks of the path, or of a folder that it is in, decides.
            let ignored = false;
            for (const { except, pattern } of rules) {
                if (except === ignored && ways.some((way) => pattern.test(way)))
                    ignored = !except;
            }
            return ignored;
        },
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/context.ts
/** The build context: the files that COPY and ADD may take, read with bounds and never outside its folder. */






/** Files and folders that a build may look at: more is a mistake in the context or an attack. */
const context_MAX_ENTRIES = 100_000;
const MAX_LINKS = 40;
/** The context in a folder. Looks at what is asked for and at nothing else. @throws InputError DOCKERFILE_CONTEXT_REFUSED */
function openContext(folder, ignore = ignoreNothing) {
    let seen = 0;
    const at = (path) => (path === '' ? folder : (0,external_node_path_.join)(folder, path));
    const look = (path) => {
        seen += 1;
        if (seen > context_MAX_ENTRIES)
            throw refused('.', `the build context has more than ${context_MAX_ENTRIES} files`);
        const found = (0,external_node_fs_.lstatSync)(at(path), { throwIfNoEntry: false });
        if (found === undefined)
            return undefined;
        const mode = found.mode & 0o7777;
        if (found.isFile())
            return { type: 'file', mode, size: found.size };
        if (found.isDirectory())
            return { type: 'directory', mode, size: 0 };
        if (found.isSymbolicLink())
            return { type: 'symlink', mode: 0o777, size: 0, target: (0,external_node_fs_.readlinkSync)(at(path)) };
        return { type: 'other', mode, size: 0 };
    };
    const holdsSomething = (path) => (0,external_node_fs_.readdirSync)(at(path)).some((name) => entry(`${path}/${name}`) !== undefined);
    const entry = (path) => {
        const found = look(path);
        if (found === undefined || path === '' || !ignore.ignores(path))
            return found;
        // An exception may let in what is below an ignored folder; then the folder exists, too.
        return found.type === 'directory' && ignore.hasExceptions && holdsSomething(path) ? found : undefined;
    };
    return {
        entry,
        names: (path) => (0,external_node_fs_.readdirSync)(at(path))
            .sort((a, b) => (a < b ? -1 : 1))
            .filter((name) => entry(path === '' ? name : `${path}/${name}`) !== undefined),
        content: (path) => ({ length: (0,external_node_fs_.lstatSync)(at(path)).size, open: () => (0,external_node_fs_.createReadStream)(at(path)) }),
        head(path, length) {
            const file = (0,external_node_fs_.openSync)(at(path), 'r');
            try {
                const buffer = Buffer.alloc(length);
                return buffer.subarray(0, (0,external_node_fs_.readSync)(file, buffer, 0, length, 0));
            }
            finally {
                (0,external_node_fs_.closeSync)(file);
            }
        },
    };
}
/**
 * Where a path leads when every link on the way is followed; undefined when there is nothing.
 * @throws InputError DOCKERFILE_CONTEXT_REFUSED for a link that leads out of the context
 */
function followLinks(context, path) {
    const waiting = path.split('/').filter((part) => part !== '');
    let real = [];
    for (let links = 0; waiting.length > 0;) {
        const part = waiting.shift() ?? '';
        const next = [...real, part].join('/');
        const entry = context.entry(next);
        if (entry === undefined)
            return undefined;
        if (entry.type !== 'symlink') {
            real = [...real, part];
            continue;
        }
        links += 1;
        if (links > MAX_LINKS)
            throw refused(next, 'is a link that leads in a circle');
        const inside = insideOf(real, entry.target ?? '');
        if (inside === undefined)
            throw leadsOut(next, entry.target ?? '');
        real = [];
        waiting.unshift(...inside);
    }
    return real.join('/');
}
/** A link that is copied as a link: its target counts as written, and must not leave the context by `..`. */
function checkLink(path, target) {
    if (!target.startsWith('/') && insideOf(path.split('/').slice(0, -1), target) === undefined) {
        throw leadsOut(path, target);
    }
}
function insideOf(folder, target) {
    if (target.startsWith('/'))
        return undefined;
    const parts = external_node_path_.posix
        .normalize([...folder, target].join('/'))
        .split('/')
        .filter((part) => part !== '' && part !== '.');
    return parts[0] === '..' ? undefined : parts;
}
function leadsOut(path, target) {
    return refused(path, `is a link to ${target}, outside the build context`);
}
function refused(subject, problem) {
    return new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_CONTEXT_REFUSED, [{ subject, problem }]);
}
/**
 * The paths that a source of COPY stands for, sorted as they are copied; empty when there are none.
 * @throws SyntaxError when the pattern is malformed
 */
function matchSource(context, source) {
    const cleaned = external_node_path_.posix.normalize(`/${source}`).replace(/^\/+|\/+$/g, '');
    if (!hasWildcard(cleaned))
        return followLinks(context, cleaned) === undefined ? [] : [cleaned];
    const parts = cleaned.split('/');
    const firstWild = parts.findIndex(hasWildcard);
    const start = followLinks(context, parts.slice(0, firstWild).join('/'));
    let found = start === undefined ? [] : [start];
    for (const part of parts.slice(firstWild)) {
        const pattern = copyPattern(part);
        found = found
            .filter((path) => context.entry(path)?.type === 'directory')
            .flatMap((path) => context
            .names(path)
            .filter((name) => pattern.test(name))
            .map((name) => (path === '' ? name : `${path}/${name}`)));
    }
    return found;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./packages/shared/src/formats/digest.ts
/** Content digests as the OCI specifications write them: `algorithm:hex`. */

const HEX_LENGTH = { sha256: 64, sha512: 128 };
/** The algorithm of a well-formed digest (lower-case hex of the right length), or undefined when the text is none. */
function algorithmOf(text) {
    const [algorithm, hex, ...rest] = text.split(':');
    if ((algorithm !== 'sha256' && algorithm !== 'sha512') || hex === undefined || rest.length > 0)
        return undefined;
    return hex.length === HEX_LENGTH[algorithm] && /^[0-9a-f]+$/.test(hex) ? algorithm : undefined;
}
function isDigest(text) {
    return algorithmOf(text) !== undefined;
}
/** The digest of bytes in memory. */
function digestOf(content, algorithm = 'sha256') {
    return `${algorithm}:${(0,external_node_crypto_.createHash)(algorithm).update(content).digest('hex')}`;
}
/** Passes a stream through and measures it on the way. */
function measured(source, algorithm = 'sha256') {
    const hash = (0,external_node_crypto_.createHash)(algorithm);
    let final;
    const measure = {
        size: 0,
        digest: () => (final ??= `${algorithm}:${hash.digest('hex')}`),
    };
    async function* pass() {
        for await (const chunk of source) {
            hash.update(chunk);
            measure.size += chunk.length;
            yield chunk;
        }
    }
    return { stream: pass(), measure };
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/gzip.ts
/**
 * Gzip whose bytes depend on the content alone: no name, no time, no mark of the operating system, and the same
 * blocks however the source happens to be chunked.
 */


const gzip_deflate = (0,external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.deflateRaw);
/**
 * Blocks are compressed side by side on the thread pool; each starts with the window the previous one left. The size
 * is that of sixteen of deflate's stored blocks.
 */
const BLOCK_BYTES = 16 * 65_535;
const WINDOW_BYTES = 32 * 1024;
/** RFC 1952: magic, deflate, no flags, time 0, no extra flags, operating system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty final deflate block. */
const END_OF_DEFLATE = Buffer.from([3, 0]);
/**
 * Compresses a stream into one gzip member, holding at most `parallel` + 2 blocks of 1 MiB in memory. What is
 * compressed already (jars, archives) is stored as it is: trying would take a hundred times as long, for nothing.
 * A chunk of the source is read before the next one is asked for, never later.
 */
async function* gzip(source, { level = 6, parallel = 4 } = {}) {
    yield HEADER;
    let crc = 0;
    let size = 0;
    let window;
    const working = [];
    for await (const block of blocksOf(source)) {
        crc = (0,external_node_zlib_namespaceObject.crc32)(block, crc);
        size += block.length;
        if (isDense(block)) {
            working.push(stored(block));
        }
        else {
            const compressed = gzip_deflate(block, {
                level,
                finishFlush: external_node_zlib_namespaceObject.constants.Z_SYNC_FLUSH,
                ...(window && { dictionary: window }),
            });
            // A failure is heard when its turn comes; until then it is nobody's.
            compressed.catch(() => undefined);
            working.push(compressed);
        }
        window = block.subarray(-WINDOW_BYTES);
        while (working.length > parallel)
            yield* partsOf(await working.shift());
    }
    for (const block of working)
        yield* partsOf(await block);
    yield END_OF_DEFLATE;
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(size % 2 ** 32, 4);
    yield trailer;
}
function partsOf(block) {
    return block === undefined ? [] : Array.isArray(block) ? block : [block];
}
const SAMPLES = 64;
const SAMPLE_BYTES = 256;
/** Bits a byte. Text has about 5, machine code and class files 6 to 7, compressed data nearly 8. */
const DENSE_BITS = 7.85;
/** Whether all byte values are about as frequent as each other, seen at 64 places: then there is nothing to gain. */
function isDense(block) {
    const counts = new Uint32Array(256);
    const length = Math.min(block.length, SAMPLE_BYTES);
    const step = Math.max(length, Math.floor((block.length - length) / (SAMPLES - 1)));
    let seen = 0;
    for (let start = 0; start + length <= block.length && length > 0; start += step) {
        for (let at = start; at < start + length; at++) {
            const value = block[at] ?? 0;
            counts[value] = (counts[value] ?? 0) + 1;
        }
        seen += length;
    }
    let bits = 0;
    for (const count of counts)
        if (count > 0)
            bits -= (count / seen) * Math.log2(count / seen);
    return bits > DENSE_BITS;
}
/** RFC 1951, 3.2.4: blocks of up to 65,535 bytes behind their length and its complement. */
function stored(block) {
    const parts = [];
    for (let start = 0; start < block.length; start += 65_535) {
        const part = block.subarray(start, start + 65_535);
        const header = Buffer.alloc(5);
        header.writeUInt16LE(part.length, 1);
        header.writeUInt16LE(0xffff - part.length, 3);
        parts.push(header, part);
    }
    return parts;
}
/** Full blocks, the last one shorter, each with memory of its own. */
async function* blocksOf(source) {
    let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    let filled = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            const taken = Math.min(BLOCK_BYTES - filled, chunk.length - at);
            block.set(chunk.subarray(at, at + taken), filled);
            filled += taken;
            at += taken;
            if (filled === BLOCK_BYTES) {
                yield block;
                block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
                filled = 0;
            }
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}

;// CONCATENATED MODULE: ./packages/shared/src/formats/tar.ts
const tar_BLOCK_BYTES = 512;
/**
 * Writes the entries in the given order, every one with the same modification time.
 * The stream fails when a content does not have the length it announced (a file that changed while it was read).
 */
async function* writeTar(entries, modified) {
    const mtime = Math.floor(modified.getTime() / 1000);
    for (const entry of entries) {
        const { name, type, content = '' } = entry;
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        const size = type === 'file' ? bytes.length : 0;
        yield headersOf(entry, size, mtime);
        if (size === 0 && bytes instanceof Uint8Array)
            continue;
        if (type !== 'file')
            continue;
        if (bytes instanceof Uint8Array)
            yield bytes;
        else
            yield* exactly(bytes.open(), size, name);
        if (size % tar_BLOCK_BYTES > 0)
            yield Buffer.alloc(tar_BLOCK_BYTES - (size % tar_BLOCK_BYTES));
    }
    yield Buffer.alloc(2 * tar_BLOCK_BYTES);
}
async function* exactly(chunks, size, name) {
    const changed = () => new Error(`${name} changed while it was read: ${size} bytes were announced`);
    let written = 0;
    for await (const chunk of chunks) {
        written += chunk.length;
        if (written > size)
            throw changed();
        yield chunk;
    }
    if (written !== size)
        throw changed();
}
const TYPES = { file: '0', symlink: '2', directory: '5', pax: 'x' };
/** What the fields of ustar can hold: eleven octal digits, and seven. */
const MAX_SIZE = 8 ** 11 - 1;
const MAX_ID = 8 ** 7 - 1;
/** The header of an entry, behind a pax header where ustar's fields are too short or take ASCII alone. */
function headersOf({ name, type, mode, uid, gid, target = '' }, size, mtime) {
    const path = type === 'directory' && !name.endsWith('/') ? `${name}/` : name;
    const place = tar_placeOf(path);
    const records = {
        ...(place === undefined && { path }),
        ...(!fits(target, 100) && { linkpath: target }),
        ...(size > MAX_SIZE && { size: String(size) }),
        ...(uid > MAX_ID && { uid: String(uid) }),
        ...(gid > MAX_ID && { gid: String(gid) }),
        ...((mtime < 0 || mtime > MAX_SIZE) && { mtime: String(mtime) }),
    };
    const fields = {
        mode,
        uid: uid > MAX_ID ? 0 : uid,
        gid: gid > MAX_ID ? 0 : gid,
        size: size > MAX_SIZE ? 0 : size,
        mtime: mtime < 0 || mtime > MAX_SIZE ? 0 : mtime,
        target: fits(target, 100) ? target : '',
    };
    const header = headerOf({ ...fields, ...(place ?? { prefix: '', name: ascii(path) }), type });
    const pax = Buffer.from(Object.entries(records).map(paxRecord).join(''));
    if (pax.length === 0)
        return header;
    const paxHeader = headerOf({
        ...{ prefix: '', name: 'PaxHeader', type: 'pax', mode: 0o644, uid: 0, gid: 0, target: '' },
        size: pax.length,
        mtime: fields.mtime,
    });
    const padding = Buffer.alloc((tar_BLOCK_BYTES - (pax.length % tar_BLOCK_BYTES)) % tar_BLOCK_BYTES);
    return Buffer.concat([paxHeader, pax, padding, header]);
}
/** Name and prefix, between which a slash is dropped; undefined when there is no way to divide the path. */
function tar_placeOf(path) {
    if (fits(path, 100))
        return { prefix: '', name: path };
    if (!fits(path, 256))
        return undefined;
    const slash = path.indexOf('/', path.length - 101);
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
    return slash > 0 && name !== '' && prefix.length <= 155 ? { prefix, name } : undefined;
}
function fits(text, bytes) {
    return text.length <= bytes && isAscii(text);
}
function isAscii(text) {
    return Buffer.byteLength(text) === text.length;
}
/** For readers that know no pax: something readable, never longer than the field. */
function ascii(path) {
    return (isAscii(path) ? path : path.replace(/[^\x20-\x7e]/gu, '_')).slice(0, 100);
}
function headerOf({ prefix, name, type, mode, uid, gid, size, mtime, target }) {
    const header = Buffer.alloc(tar_BLOCK_BYTES);
    const octal = (value, at, digits) => header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
    header.write(name, 0, 'latin1');
    octal(mode & 0o7777, 100, 7);
    octal(uid, 108, 7);
    octal(gid, 116, 7);
    octal(size, 124, 11);
    octal(mtime, 136, 11);
    header.write(TYPES[type], 156, 'latin1');
    header.write(target, 157, 'latin1');
    header.write('ustar\x0000', 257, 'latin1');
    octal(0, 329, 7);
    octal(0, 337, 7);
    header.write(prefix, 345, 'latin1');
    // The checksum counts its own field as blanks.
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return header;
}
/** `length key=value` and a line feed; the length counts itself. */
function paxRecord([key, value]) {
    const rest = ` ${key}=${value}\n`;
    const bytes = Buffer.byteLength(rest);
    const digits = String(bytes + String(bytes).length).length;
    return `${bytes + digits}${rest}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/layer.ts
/** Reproducible image layers: sorted entries, fixed times, an entry for every directory on the way. */









/** Directories that every image has, and that are not 0755. */
const SYSTEM_MODES = { '/tmp': 0o1777, '/var/tmp': 0o1777, '/root': 0o700 };
/**
 * The usual rule for `LayerPlan.directory`: below (and at) `home` everything belongs to the image's user, everything
 * else to root.
 */
function directoriesOwnedBelow(home, owner) {
    return (path) => path === home || path.startsWith(`${home}/`) ? owner : { uid: 0, gid: 0, mode: SYSTEM_MODES[path] ?? 0o755 };
}
/**
 * The entries of the layer in the order in which they are written: by name, each directory before what is in it.
 * @throws InputError IMAGE_LAYER_INVALID with every wrong path
 */
function layerEntries(plan) {
    const problems = [];
    const files = new Map();
    const directories = new Set();
    for (const file of plan.files) {
        const problem = files.has(file.path) ? 'is used twice' : pathProblem(file.path);
        if (problem !== undefined) {
            problems.push({ subject: file.path, problem, example: '/home/wso2carbon/lib/driver.jar' });
            continue;
        }
        files.set(file.path, file);
        for (let end = file.path.lastIndexOf('/'); end > 0; end = file.path.lastIndexOf('/', end - 1)) {
            directories.add(file.path.slice(0, end));
        }
    }
    for (const path of files.keys()) {
        if (directories.has(path))
            problems.push({ subject: path, problem: 'is a file and a folder at the same time' });
    }
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_LAYER_INVALID, problems);
    const entries = [
        ...[...directories].map((path) => ({
            name: `${path.slice(1)}/`,
            type: 'directory',
            ...plan.directory(path),
        })),
        ...[...files.values()].map(({ path, uid, gid, mode, content }) => ({
            name: path.slice(1),
            type: 'file',
            uid,
            gid,
            mode,
            content,
        })),
    ];
    // By code unit, never by locale.
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
function pathProblem(path) {
    if (!path.startsWith('/'))
        return 'is not an absolute path';
    if (path.includes('\0') || path.includes('\\'))
        return 'has a character that a path in an image cannot have';
    const parts = path.slice(1).split('/');
    if (parts.includes('..') || parts.includes('.'))
        return 'has . or .. in it';
    if (parts.includes(''))
        return 'has an empty part in it';
    return parts.some((part) => part.startsWith('.wh.')) ? 'has a name that layers use for deletions (.wh.)' : undefined;
}
/** Read at once from a file that goes into a layer: few calls, and no trail of buffers for the collector. */
const READ_BYTES = 512 * 1024;
/**
 * The content of a file on disk, read only when the layer is written; a chunk is good until the next one is asked for.
 * @throws InputError IMAGE_LAYER_INVALID
 */
async function fileContent(path, shown = path) {
    const found = await (0,promises_.stat)(path).catch((cause) => {
        throw unreadable(shown, `cannot be read: ${(0,base_errors/* messageOf */.bD)(cause)}`);
    });
    if (!found.isFile())
        throw unreadable(shown, 'is not a file');
    return { length: found.size, open: () => chunksOf(path, Math.min(READ_BYTES, Math.max(1, found.size))) };
}
async function* chunksOf(path, bytes) {
    const file = await (0,promises_.open)(path);
    try {
        const buffer = Buffer.allocUnsafeSlow(bytes);
        for (;;) {
            const { bytesRead } = await file.read(buffer, 0, bytes, null);
            if (bytesRead === 0)
                return;
            yield buffer.subarray(0, bytesRead);
        }
    }
    finally {
        await file.close();
    }
}
/**
 * Writes the layer into `folder` in one pass, in constant memory.
 * The same plan gives the same bytes, in whatever order its files come.
 * @throws InputError IMAGE_LAYER_INVALID
 */
async function buildLayer(plan, folder) {
    return packLayer(layerEntries(plan), plan, folder);
}
/** As `buildLayer`, from entries that are complete and in order. @throws InputError IMAGE_LAYER_INVALID */
async function packLayer(entries, { modified, description }, folder) {
    const tar = measured(writeTar(entries, modified));
    const compressed = measured(gzip(tar.stream));
    const file = (0,external_node_path_.join)(folder, `${(0,external_node_crypto_.randomUUID)()}.tar.gz`);
    await writeInto(file, compressed.stream).catch((cause) => {
        throw unreadable(description, (0,base_errors/* messageOf */.bD)(cause));
    });
    const size = compressed.measure.size;
    return {
        digest: compressed.measure.digest(),
        diffId: tar.measure.digest(),
        size,
        content: { length: size, open: () => (0,external_node_fs_.createReadStream)(file) },
        description,
        created: modified,
    };
}
const WRITE_BYTES = 256 * 1024;
/** Gathers what is small; while the disk takes something, the thread pool compresses on. */
async function writeInto(path, chunks) {
    const file = await (0,promises_.open)(path, 'wx', 0o600);
    try {
        let [waiting, bytes] = [[], 0];
        for await (const chunk of chunks) {
            waiting.push(chunk);
            bytes += chunk.length;
            if (bytes < WRITE_BYTES)
                continue;
            await writeAll(file, waiting);
            [waiting, bytes] = [[], 0];
        }
        await writeAll(file, waiting);
    }
    finally {
        await file.close();
    }
}
async function writeAll(file, chunks) {
    const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    for (let at = 0; at < bytes.length;)
        at += (await file.write(bytes, at)).bytesWritten;
}
function unreadable(subject, problem) {
    return new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_LAYER_INVALID, [{ subject, problem }]);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/manifest.ts
/** Manifests, indexes and image configurations: read with validation, kept with every field they have. */



/** What registries must accept at least (distribution specification), so nothing larger is sane. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const mediaTypes = {
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
    ociConfig: 'application/vnd.oci.image.config.v1+json',
    ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
    dockerConfig: 'application/vnd.docker.container.image.v1+json',
    dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};
/** What to accept when asking for a manifest. */
const ACCEPT_MANIFESTS = [
    mediaTypes.ociIndex,
    mediaTypes.dockerIndex,
    mediaTypes.ociManifest,
    mediaTypes.dockerManifest,
].join(', ');
/** Whether a media type belongs to the OCI family or to Docker's. */
function familyOf(mediaType) {
    return mediaType.startsWith('application/vnd.docker.') ? 'docker' : 'oci';
}
function isIndexType(mediaType) {
    return mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerIndex;
}
/**
 * Reads a manifest or an index; which one is decided by the document where the media type leaves it open.
 * @param where the image it belongs to, for the error
 * @throws VerificationError IMAGE_MANIFEST_INVALID
 */
function parseManifest(bytes, mediaType, where) {
    const document = objectOf(bytes, where, 'manifest');
    if (document.schemaVersion === 1 || mediaType.startsWith('application/vnd.docker.distribution.manifest.v1+')) {
        throw invalid(where, 'is in the old schema 1 format, which this action does not read');
    }
    if (document.schemaVersion !== 2)
        throw invalid(where, 'has no schemaVersion 2');
    const asIndex = isIndexType(mediaType) || (!isManifestType(mediaType) && Array.isArray(document.manifests));
    if (asIndex) {
        return { ...document, manifests: descriptors(document.manifests, where, 'manifests') };
    }
    const config = descriptor(document.config, where, 'config');
    return { ...document, config, layers: descriptors(document.layers, where, 'layers') };
}
function isManifestType(mediaType) {
    return mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest;
}
function isIndex(document) {
    return 'manifests' in document && !('config' in document);
}
/**
 * Reads an image configuration and checks it against its manifest: one diff id a layer.
 * @throws VerificationError IMAGE_MANIFEST_INVALID
 */
function parseConfig(bytes, manifest, where) {
    const document = objectOf(bytes, where, 'configuration');
    const { os, architecture, rootfs } = document;
    if (typeof os !== 'string' || typeof architecture !== 'string') {
        throw invalid(where, 'has a configuration without os and architecture, so it is not a container image');
    }
    const diffIds = isObject(rootfs) ? rootfs.diff_ids : undefined;
    if (!Array.isArray(diffIds) || !diffIds.every((id) => typeof id === 'string' && isDigest(id))) {
        throw invalid(where, 'has a configuration without rootfs.diff_ids');
    }
    if (diffIds.length !== manifest.layers.length) {
        throw invalid(where, `has ${manifest.layers.length} layers and ${diffIds.length} diff ids`);
    }
    return document;
}
/** The value of an environment variable that the image sets. */
function imageVariable(config, name) {
    return config.config?.Env?.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
function objectOf(bytes, where, what) {
    if (bytes.length > MAX_MANIFEST_BYTES)
        throw invalid(where, `has a ${what} larger than 4 MiB`);
    let document;
    try {
        document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch (cause) {
        throw invalid(where, `has a ${what} that is not JSON`, cause);
    }
    if (!isObject(document))
        throw invalid(where, `has a ${what} that is not a JSON object`);
    return document;
}
function descriptors(value, where, field) {
    if (!Array.isArray(value))
        throw invalid(where, `has a manifest without ${field}`);
    return value.map((item, index) => descriptor(item, where, `${field}[${index}]`));
}
function descriptor(value, where, field) {
    if (!isObject(value))
        throw invalid(where, `has a manifest without ${field}`);
    const { mediaType, digest, size } = value;
    if (typeof mediaType !== 'string')
        throw invalid(where, `has no mediaType in ${field}`);
    if (typeof digest !== 'string' || !isDigest(digest))
        throw invalid(where, `has no valid digest in ${field}`);
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw invalid(where, `has no valid size in ${field}`);
    }
    return value;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function invalid(where, problem, cause) {
    return new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_MANIFEST_INVALID, `${where} ${problem}`, { cause });
}
/**
 * SOURCE_DATE_EPOCH as a date; the epoch itself when it is absent (reproducible-builds.org).
 * @throws InputError IMAGE_EPOCH_INVALID
 */
function creationTime(sourceDateEpoch) {
    if (sourceDateEpoch === undefined)
        return new Date(0);
    const seconds = /^\d{1,11}$/.test(sourceDateEpoch) ? Number(sourceDateEpoch) : Number.NaN;
    if (Number.isNaN(seconds)) {
        const problem = `${JSON.stringify(sourceDateEpoch)} is not a whole number of seconds`;
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_EPOCH_INVALID, [{ subject: 'SOURCE_DATE_EPOCH', problem, example: '1767225600' }]);
    }
    return new Date(seconds * 1000);
}

// EXTERNAL MODULE: ./packages/shared/src/base/bytes.ts
var bytes = __nccwpck_require__(5270);
;// CONCATENATED MODULE: ./packages/shared/src/oci/image.ts
/** A new image from a base image and layers: configuration and manifest bytes, nothing fetched, nothing sent. */


/** The base with the changes made, to be extended further. */
function changeImage(base, changes) {
    const mediaType = layerType(familyOf(base.mediaType));
    return {
        ...base,
        config: {
            ...base.config,
            ...(changes.author !== undefined && { author: changes.author }),
            config: changes.config,
            rootfs: {
                type: 'layers',
                diff_ids: [...base.config.rootfs.diff_ids, ...changes.layers.map(({ diffId }) => diffId)],
            },
            history: [...completeHistory(base.config), ...changes.history],
        },
        manifest: {
            ...base.manifest,
            layers: [...base.manifest.layers, ...changes.layers.map(({ digest, size }) => ({ mediaType, digest, size }))],
        },
    };
}
/** The base with layers and labels added. Media types stay of the base's family; same input, same bytes. */
function extendImage(base, additions) {
    const family = familyOf(base.mediaType);
    const created = additions.created.toISOString();
    const labels = { ...base.config.config?.Labels, ...sorted(additions.labels) };
    const config = image_document(base.manifest.config.mediaType, {
        ...base.config,
        created,
        config: { ...base.config.config, ...(Object.keys(labels).length > 0 && { Labels: labels }) },
        rootfs: {
            type: 'layers',
            diff_ids: [...base.config.rootfs.diff_ids, ...additions.layers.map((layer) => layer.diffId)],
        },
        history: [
            ...completeHistory(base.config),
            ...additions.layers.map((layer) => ({ created, created_by: layer.description })),
        ],
    });
    const annotations = family === 'oci' ? { ...base.manifest.annotations, ...sorted(additions.annotations) } : {};
    const manifest = image_document(base.mediaType, {
        ...base.manifest,
        mediaType: base.mediaType,
        config: { ...base.manifest.config, digest: config.digest, size: config.bytes.length },
        layers: [
            ...base.manifest.layers,
            ...additions.layers.map(({ digest, size }) => ({ mediaType: layerType(family), digest, size })),
        ],
        ...(Object.keys(annotations).length > 0 && { annotations }),
    });
    return { platform: base.platform, config, manifest };
}
/** The index over the images of several platforms, of the same family as the base's index. */
function indexOf(images, mediaType, annotations) {
    const manifests = images.map(({ manifest, platform }) => ({
        mediaType: manifest.mediaType,
        digest: manifest.digest,
        size: manifest.bytes.length,
        platform: { ...platform },
    }));
    const own = familyOf(mediaType) === 'oci' ? sorted(annotations) : {};
    return image_document(mediaType, {
        schemaVersion: 2,
        mediaType,
        manifests,
        ...(Object.keys(own).length > 0 && { annotations: own }),
    });
}
function layerType(family) {
    return family === 'docker' ? mediaTypes.dockerLayer : mediaTypes.ociLayer;
}
/** Tools that pair history with layers need one entry a layer; bases without any history get unnamed ones. */
function completeHistory(config) {
    if (config.history !== undefined && config.history.length > 0)
        return config.history;
    return config.rootfs.diff_ids.map(() => ({ ...(config.created !== undefined && { created: config.created }) }));
}
function sorted(record) {
    return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
function image_document(mediaType, content) {
    const bytes = Buffer.from(JSON.stringify(content));
    return { mediaType, digest: digestOf(bytes), bytes };
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/parallel.ts
/** Work beside other work, never more than a limit of it at the same time. */
function openLanes(limit) {
    let free = limit;
    let failure;
    const waiting = [];
    return {
        async run(task) {
            if (free > 0)
                free -= 1;
            else
                await new Promise((start) => waiting.push(start));
            try {
                if (failure !== undefined)
                    throw failure.error;
                return await task();
            }
            catch (error) {
                failure ??= { error };
                throw error;
            }
            finally {
                const next = waiting.shift();
                if (next === undefined)
                    free += 1;
                else
                    next();
            }
        },
    };
}
/** The results in the order of the work; waits for all of it, then throws the first failure in that order. */
async function allOf(work) {
    const outcomes = await Promise.allSettled(work);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined)
        throw failed.reason;
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
/**
 * Runs a task for every item, at most `limit` at the same time, and gives the results in the order of the items.
 * After a failure nothing new is started; the first failure is thrown when all that was running has ended.
 */
async function inParallel(items, limit, task) {
    const lanes = openLanes(limit);
    return allOf(items.map((item) => lanes.run(() => task(item))));
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/platform.ts
/** Platforms as the image specification names them: os/architecture[/variant]. */


/** Other names that people and machines use for the same architecture. */
const ALIASES = { x86_64: 'amd64', x64: 'amd64', aarch64: 'arm64' };
/** @throws InputError IMAGE_PLATFORM_INVALID when the text is not os/architecture[/variant]. */
function parsePlatform(text, subject = 'platforms') {
    const match = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/([a-z0-9]+))?$/.exec(text.trim());
    const [, os, architecture, variant] = match ?? [];
    if (os === undefined || architecture === undefined) {
        const problem = `${JSON.stringify(text)} is not a platform`;
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_PLATFORM_INVALID, [{ subject, problem, example: 'linux/amd64' }]);
    }
    return { os, architecture: ALIASES[architecture] ?? architecture, ...(variant !== undefined && { variant }) };
}
function formatPlatform({ os, architecture, variant }) {
    return [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/');
}
/** True when an image for `offered` runs where `wanted` is asked for. arm64 and arm64/v8 are one and the same. */
function platformMatches(wanted, offered) {
    return (wanted.os === offered.os &&
        wanted.architecture === offered.architecture &&
        (wanted.variant === undefined || normalVariant(wanted) === normalVariant(offered)));
}
function normalVariant({ architecture, variant }) {
    return variant ?? (architecture === 'arm64' ? 'v8' : architecture === 'arm' ? 'v7' : '');
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/reference.ts
/** Image references: the grammar of the distribution project, with Docker Hub's habits. */



const DOCKER_HUB = 'docker.io';
const EXAMPLE = 'ghcr.io/acme/employee-service:1.4.0';
const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d{1,5})?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
/**
 * Reads a reference. A missing registry means Docker Hub, there a single name means `library/name`; a missing tag
 * stays missing.
 * @param subject the input or file that the reference comes from, for the error
 * @throws InputError IMAGE_REFERENCE_INVALID
 */
function parseReference(text, subject = 'image') {
    const reference = reference_read(text);
    if (typeof reference === 'string') {
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_REFERENCE_INVALID, [{ subject, problem: reference, example: EXAMPLE }]);
    }
    return reference;
}
function reference_read(text) {
    const shown = JSON.stringify(text);
    if (text === '')
        return 'is empty';
    if (/\s/.test(text))
        return `${shown} contains white space`;
    if (/^[a-z]+:\/\//i.test(text))
        return `${shown} is a URL; leave out the scheme`;
    if (text.includes('${') || text.includes('{{'))
        return `${shown} contains a placeholder that was not replaced`;
    const [beforeDigest = '', digest, ...more] = text.split('@');
    if (more.length > 0)
        return `${shown} has more than one @`;
    if (digest !== undefined && !isDigest(digest)) {
        return `${shown} has a malformed digest; it is sha256: and 64 hexadecimal digits in lower case`;
    }
    const slash = beforeDigest.indexOf('/');
    const first = slash < 0 ? undefined : beforeDigest.slice(0, slash);
    const explicit = first !== undefined && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
    const registry = explicit ? first : DOCKER_HUB;
    const rest = explicit ? beforeDigest.slice(slash + 1) : beforeDigest;
    if (!HOST.test(registry))
        return `${shown} has a malformed registry host ${JSON.stringify(registry)}`;
    const colon = rest.lastIndexOf(':');
    const name = colon < 0 ? rest : rest.slice(0, colon);
    const tag = colon < 0 ? undefined : rest.slice(colon + 1);
    const problem = repositoryProblem(name) ?? (tag === undefined ? undefined : tagProblem(tag));
    if (problem !== undefined)
        return `${shown} ${problem}`;
    const canonical = registry === 'index.docker.io' || registry === 'registry-1.docker.io' ? DOCKER_HUB : registry;
    const repository = canonical === DOCKER_HUB && !name.includes('/') ? `library/${name}` : name;
    return {
        registry: canonical,
        repository,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
    };
}
function repositoryProblem(name) {
    if (name === '')
        return 'has no repository name';
    if (name.length > 255)
        return 'has a repository name longer than 255 characters';
    if (name !== name.toLowerCase())
        return `has capital letters in the repository name; write ${name.toLowerCase()}`;
    const wrong = name.split('/').find((component) => !COMPONENT.test(component));
    if (wrong === '')
        return 'has an empty part in the repository name (a slash too many)';
    return wrong === undefined
        ? undefined
        : `has a malformed part ${JSON.stringify(wrong)} in the repository name; allowed are a-z, 0-9 and single . _ - between them`;
}
/** What is wrong with a tag, or undefined. */
function tagProblem(tag) {
    if (TAG.test(tag))
        return undefined;
    if (tag === '')
        return 'has an empty tag';
    return tag.length > 128
        ? 'has a tag longer than 128 characters'
        : `has a malformed tag ${JSON.stringify(tag)}; allowed are letters, digits, _ . - and it starts with a letter, digit or _`;
}
/** The reference in full: always with the registry, tag and digest where it has them. */
function formatReference(reference) {
    const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
    const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
    return `${reference.registry}/${reference.repository}${tag}${digest}`;
}
/** What to ask the registry for: the digest where there is one, else the tag, else `latest`. */
function manifestName(reference) {
    return reference.digest ?? reference.tag ?? 'latest';
}
/** The host that serves a registry's API: Docker Hub's is not the one in the references. */
function apiHost(registry) {
    return registry === DOCKER_HUB ? 'registry-1.docker.io' : registry;
}
/** The name under which docker stores a registry's credentials. */
function credentialKey(registry) {
    return registry === DOCKER_HUB ? 'https://index.docker.io/v1/' : registry;
}
/** http for registries on this machine, https for all others: the rule every client follows. */
function defaultScheme(registry) {
    const host = registry.replace(/:\d+$/, '');
    return host === 'localhost' || host.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]'
        ? 'http'
        : 'https';
}

// EXTERNAL MODULE: ./packages/shared/src/base/retry.ts
var retry = __nccwpck_require__(6207);
;// CONCATENATED MODULE: ./packages/shared/src/oci/failure.ts
/** A registry's refusals as errors: its own words, the code that fits, never a credential. */



/** A URL that may be shown: no credentials, and no query, which signed URLs and upload sessions fill with secrets. */
function shownUrl(url) {
    const parsed = new URL(url);
    return `${parsed.origin}${parsed.pathname}`;
}
/**
 * The registry's own words from an error body (`{"errors":[{"code","message","detail"}]}`, and what other registries
 * and token services make of it); the beginning of a text body; empty for HTML.
 */
function registryWords(body) {
    let document;
    try {
        document = JSON.parse(body);
    }
    catch {
        return /^\s*</.test(body) ? '' : (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(body), 200);
    }
    const { errors, details, message, error } = (document ?? {});
    const words = Array.isArray(errors)
        ? errors.map((item) => {
            const { code, message: text } = (item ?? {});
            return [code, text].filter((part) => typeof part === 'string' && part !== '').join(': ');
        })
        : [details, message, error].filter((part) => typeof part === 'string').slice(0, 1);
    return (0,base_text/* oneLine */.TN)((0,base_text/* neutralise */.$0)(words.join('; ')), 300);
}
/** The error codes of the distribution specification in a body: BLOB_UPLOAD_UNKNOWN, DENIED … */
function registryCodes(body) {
    try {
        const { errors } = JSON.parse(body);
        return (errors ?? []).map(({ code }) => code).filter((code) => typeof code === 'string');
    }
    catch {
        return [];
    }
}
/** @param doing what was tried, to stand after "the registry refused to": "push the tag 1.4.0" */
function refusal(method, answer, body, doing) {
    const words = registryWords(body);
    const host = new URL(answer.url).host;
    const message = `${host} did not ${doing}: ${answer.status}${words === '' ? '' : ` ${words}`}`;
    return new base_errors/* ServiceError */._7(codeFor(answer.status), message, {
        ...(answer.status === 413 && { remedy: TOO_LARGE_REMEDY }),
        method,
        url: shownUrl(answer.url),
        status: answer.status,
    });
}
const TOO_LARGE_REMEDY = 'The registry, or a proxy in front of it, limits the size of a request; raise the limit there (nginx: client_max_body_size).';
function codeFor(status) {
    if (status === 401)
        return oci_codes_codes.REGISTRY_UNAUTHORIZED;
    if (status === 403)
        return oci_codes_codes.REGISTRY_FORBIDDEN;
    if (status === 404)
        return oci_codes_codes.REGISTRY_NOT_FOUND;
    if (status === 429)
        return oci_codes_codes.REGISTRY_RATE_LIMITED;
    if (status >= 500)
        return oci_codes_codes.REGISTRY_UNAVAILABLE;
    return status < 400 ? oci_codes_codes.REGISTRY_PROTOCOL : oci_codes_codes.REGISTRY_REFUSED;
}
/** The registry answered with success, and the answer lacks what the specification demands. */
function protocolError(method, url, problem) {
    const message = `${new URL(url).host} does not answer like a registry: ${problem}`;
    return new base_errors/* ServiceError */._7(oci_codes_codes.REGISTRY_PROTOCOL, message, { method, url: shownUrl(url) });
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/chunked.ts
/** A large blob in chunks: after a failure the registry is asked what it has, and gets the rest and nothing twice. */



/** Held in memory, two a running upload: one that is sent and one that is read. */
const CHUNK_BYTES = 16 * 1024 * 1024;
/** From here on a lost connection costs more than a few more requests do. */
const CHUNKED_FROM_BYTES = 96 * 1024 * 1024;
/** A registry may ask for larger chunks, but not for as much memory as it likes. */
const LARGEST_CHUNK_BYTES = 128 * 1024 * 1024;
const ATTEMPTS = 4;
/** Registries store a large blob before they answer; some take long. */
const COMMIT_TIMEOUT_MS = 300_000;
/** The session is gone, or holds something else than was sent: only a new one helps. */
class SessionLost extends Error {
    /** What the registry said before. */
    error;
    constructor(error) {
        super(error.message);
        this.error = error;
    }
}
/** The registry takes no chunks: the blob has to come in one piece. */
class ChunksRefused extends Error {
}
/** Whether a failure says "not now": no answer at all, or a server's. */
function mayPass({ status }) {
    return status === undefined || status === 500 || (0,retry/* isTransient */.dg)({ status });
}
/**
 * Sends the content and commits it.
 * @throws ServiceError; SessionLost, ChunksRefused: nothing is lost then but this session
 */
async function uploadInChunks(target, blob, session, chunkBytes = CHUNK_BYTES) {
    const size = Math.min(Math.max(chunkBytes, session.minimumChunk ?? 0), LARGEST_CHUNK_BYTES);
    let { location } = session;
    let start = 0;
    for await (const chunk of chunked_chunksOf(blob.open(), size)) {
        location = await sendChunk(target, chunk, start, location);
        start += chunk.length;
    }
    await commit(target, blob, location);
}
/** Gives the location for the next request. */
async function sendChunk(target, chunk, start, from) {
    const doing = `take a part of a blob of ${target.name}`;
    let location = from;
    let offset = 0;
    for (let failures = 0;;) {
        const rest = chunk.subarray(offset);
        const first = start + offset;
        const outcome = await attempt(target, {
            method: 'PATCH',
            url: location,
            headers: {
                'content-type': 'application/octet-stream',
                'content-range': `${first}-${first + rest.length - 1}`,
            },
            body: rest,
        });
        if (isSuccess(outcome))
            return nextLocation(target, outcome, location);
        const error = errorOf('PATCH', outcome, doing);
        // 416 says "not from there": the answer to where from follows.
        if (!mayPass(error) && error.status !== 416) {
            if (error.status === 404)
                throw new SessionLost(error);
            // Registries that know no chunks say so at the first or the second one.
            throw error.status === 405 || start <= chunk.length ? new ChunksRefused(error.message) : error;
        }
        failures += 1;
        if (failures === ATTEMPTS)
            throw error;
        await pauseFor(target, outcome, failures, doing);
        const status = await askUpload(target, location);
        const received = status === undefined ? -1 : status.received - start;
        if (status === undefined || received < 0 || received > chunk.length)
            throw new SessionLost(error);
        target.ports.log.info(`Upload interrupted (${error.message}); the registry has ${status.received} bytes of it`);
        if (received > offset)
            failures = 0;
        offset = received;
        location = status.location;
        if (offset === chunk.length)
            return location;
    }
}
/** Closes the session. After a failure: is the blob there? Is the session whole? Only then it is asked again. */
async function commit(target, { digest, size }, from) {
    const doing = `take a blob of ${target.name}`;
    let location = from;
    for (let failures = 1;; failures += 1) {
        const url = new URL(location);
        url.searchParams.set('digest', digest);
        const outcome = await attempt(target, {
            method: 'PUT',
            url,
            headers: { 'content-type': 'application/octet-stream' },
            body: Buffer.alloc(0),
        });
        if (isSuccess(outcome))
            return;
        const error = errorOf('PUT', outcome, doing);
        if (!mayPass(error))
            throw new SessionLost(error);
        if (failures < ATTEMPTS)
            await pauseFor(target, outcome, failures, doing);
        if (await target.hasBlob(digest))
            return;
        if (failures === ATTEMPTS)
            throw error;
        const status = await askUpload(target, location);
        if (status?.received !== size)
            throw new SessionLost(error);
        location = status.location;
    }
}
async function attempt(target, sending) {
    try {
        return await target.send({ ...sending, url: sending.url.toString(), attempts: 1, timeoutMs: COMMIT_TIMEOUT_MS });
    }
    catch (error) {
        if (error instanceof base_errors/* ServiceError */._7)
            return error;
        throw error;
    }
}
function isSuccess(outcome) {
    return !(outcome instanceof base_errors/* ServiceError */._7) && [201, 202, 204].includes(outcome.status);
}
function nextLocation(target, answer, location) {
    return answer.headers.location === undefined ? location : target.session(answer).location;
}
function errorOf(method, outcome, doing) {
    return outcome instanceof base_errors/* ServiceError */._7 ? outcome : refusal(method, outcome, outcome.text(), doing);
}
async function pauseFor(target, outcome, failures, doing) {
    const { clock, cancelled } = target.ports;
    const after = outcome instanceof base_errors/* ServiceError */._7 ? undefined : (0,retry/* parseRetryAfter */.mu)(outcome.headers['retry-after'], clock.now());
    const pause = (0,retry/* pauseBefore */.GB)(failures + 1, Math.random(), after);
    if (pause === undefined)
        throw errorOf('PATCH', outcome, doing);
    await clock.sleep(pause, cancelled);
}
/** What the registry has of an upload; undefined when it does not know it any more. */
async function askUpload(target, location) {
    const response = await target.send({ method: 'GET', url: location.toString() });
    // 404 by the specification; others refuse the old state that the location carries.
    if (response.status >= 400 && response.status < 500)
        return undefined;
    if (response.status !== 204 && response.status !== 200) {
        throw refusal('GET', response, response.text(), `say how far an upload to ${target.name} is`);
    }
    const end = Number(/^(?:bytes=)?0-(\d+)$/.exec(response.headers.range ?? '')?.[1] ?? 0);
    // "0-0" is how registries write "nothing yet".
    const received = end === 0 ? 0 : end + 1;
    return { received, location: nextLocation(target, response, location) };
}
/**
 * The content in pieces of one size, the last one shorter. The next piece is read while one is being sent; a piece is
 * good until the one after it is asked for.
 */
async function* chunked_chunksOf(source, size) {
    const iterator = source[Symbol.asyncIterator]();
    let left = Buffer.alloc(0);
    const fill = async (buffer) => {
        let filled = 0;
        while (filled < buffer.length) {
            if (left.length === 0) {
                const step = await iterator.next();
                if (step.done === true)
                    break;
                left = step.value;
            }
            const part = left.subarray(0, buffer.length - filled);
            buffer.set(part, filled);
            filled += part.length;
            left = left.subarray(part.length);
        }
        return buffer.subarray(0, filled);
    };
    let [reading, sending] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(0)];
    try {
        for (let chunk = await fill(reading); chunk.length > 0;) {
            if (sending.length === 0)
                sending = Buffer.allocUnsafeSlow(size);
            [reading, sending] = [sending, reading];
            const next = chunk.length < size ? Promise.resolve(Buffer.alloc(0)) : fill(reading);
            // Heard when its turn comes; when sending fails, nobody waits for it.
            next.catch(() => undefined);
            yield chunk;
            chunk = await next;
        }
    }
    finally {
        iterator.return?.().catch(() => undefined);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/repository.ts
/** One repository of a registry: the requests of the OCI distribution specification, their answers checked. */





class Repository {
    registry;
    name;
    #connection;
    #scope;
    constructor(connection, name, access) {
        this.registry = connection.registry;
        this.name = name;
        this.#connection = connection;
        this.#scope = `repository:${name}:${access}`;
    }
    get ports() {
        return this.#connection.ports;
    }
    /** registry/repository, as users write it. */
    get fullName() {
        return `${this.registry}/${this.name}`;
    }
    /**
     * A manifest by tag or digest, its bytes checked against its digest; undefined when the registry has none.
     * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
     */
    async manifest(name) {
        const response = await this.send({
            method: 'GET',
            url: `${this.name}/manifests/${name}`,
            headers: { accept: ACCEPT_MANIFESTS },
            maxBytes: MAX_MANIFEST_BYTES,
        });
        if (response.status === 404)
            return undefined;
        if (response.status !== 200)
            throw refusal('GET', response, response.text(), `give ${this.#here(name)}`);
        const announced = response.headers['docker-content-digest'];
        const digest = digestOf(response.body, algorithmOf(isDigest(name) ? name : (announced ?? '')));
        for (const expected of [isDigest(name) ? name : digest, announced ?? digest]) {
            if (expected !== digest)
                throw mismatch(`${this.#of(name)} was given as ${expected} and is ${digest}`);
        }
        const [mediaType = ''] = (response.headers['content-type'] ?? '').split(';');
        return { mediaType: mediaType.trim(), digest, bytes: response.body };
    }
    /** True when the registry says that it has the manifest. */
    async hasManifest(name) {
        const response = await this.send({
            method: 'HEAD',
            url: `${this.name}/manifests/${name}`,
            headers: { accept: ACCEPT_MANIFESTS },
        });
        if (response.status === 404)
            return false;
        if (response.status !== 200)
            throw refusal('HEAD', response, '', `say whether it has ${this.#here(name)}`);
        return true;
    }
    /**
     * Stores a manifest under a tag or its digest. Says whether the registry has understood the manifest's subject.
     * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
     */
    async putManifest(name, document) {
        const response = await this.send({
            method: 'PUT',
            url: `${this.name}/manifests/${name}`,
            headers: { 'content-type': document.mediaType },
            body: document.bytes,
        });
        if (response.status !== 201)
            throw refusal('PUT', response, response.text(), `take ${this.#here(name)}`);
        checkAnnounced(response, document.digest, this.#of(name));
        return { subjectKnown: response.headers['oci-subject'] !== undefined };
    }
    async hasBlob(digest) {
        const response = await this.send({ method: 'HEAD', url: `${this.name}/blobs/${digest}` });
        if (response.status === 404)
            return false;
        if (response.status !== 200)
            throw refusal('HEAD', response, '', `say whether it has ${this.#here(digest)}`);
        return true;
    }
    /** A small blob (a configuration) in memory. @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH */
    async readBlob({ digest }) {
        const response = await this.send({
            method: 'GET',
            url: `${this.name}/blobs/${digest}`,
            maxBytes: MAX_MANIFEST_BYTES,
        });
        if (response.status !== 200)
            throw refusal('GET', response, response.text(), `give ${this.#here(digest)}`);
        const actual = digestOf(response.body, algorithmOf(digest));
        if (actual !== digest)
            throw mismatch(`${this.#of(digest)} came back as ${actual}`);
        return response.body;
    }
    /** The content of a blob, checked at its end. @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH */
    async *streamBlob({ digest, size }) {
        const answer = await this.#connection.stream({
            method: 'GET',
            url: `${this.name}/blobs/${digest}`,
            scopes: [this.#scope],
        });
        if (answer.status !== 200) {
            answer.close();
            throw refusal('GET', answer, '', `give ${this.#here(digest)}`);
        }
        const { stream, measure } = measured(answer.body, algorithmOf(digest));
        try {
            yield* stream;
            if (measure.size !== size || measure.digest() !== digest) {
                throw mismatch(`${this.#of(digest)} came back with ${measure.size} bytes as ${measure.digest()}`);
            }
        }
        finally {
            answer.close();
        }
    }
    /**
     * Asks the registry to take a blob over from another of its repositories. Refusing is its right: then the answer is
     * the upload session it opened instead, or undefined.
     */
    async mountBlob(digest, from) {
        const response = await this.#connection.request({
            method: 'POST',
            url: `${this.name}/blobs/uploads/?${new URLSearchParams({ mount: digest, from }).toString()}`,
            repeatable: true,
            // Token services may refuse the whole token for want of the source: asked for by this request alone.
            scopes: [this.#scope, `repository:${from}:pull`],
        });
        if (response.status === 201)
            return 'mounted';
        return response.status === 202 ? this.session(response) : undefined;
    }
    /** Opens an upload session. A session that is never used does no harm, so a lost answer may be asked for again. */
    async openUpload() {
        const response = await this.send({ method: 'POST', url: `${this.name}/blobs/uploads/`, repeatable: true });
        if (response.status !== 202)
            throw refusal('POST', response, response.text(), `open an upload to ${this.name}`);
        return this.session(response);
    }
    /**
     * The session that an answer names: relative or absolute, here or on another host. Registries behind a proxy that
     * ends TLS often name themselves without TLS; nothing is sent that way.
     */
    session(answer) {
        const { location } = answer.headers;
        const url = location === undefined ? null : URL.parse(location, answer.url);
        if (url === null)
            throw protocolError('POST', answer.url, 'it opened an upload and does not say where');
        const { base } = this.#connection;
        if (base.protocol === 'https:' && url.protocol !== 'https:') {
            if (url.hostname !== base.hostname) {
                throw protocolError('POST', answer.url, `it wants uploads sent to ${url.host} without TLS`);
            }
            url.protocol = base.protocol;
            url.port = base.port;
        }
        const minimum = Number(answer.headers['oci-chunk-min-length']);
        return { location: url, ...(Number.isSafeInteger(minimum) && minimum > 0 && { minimumChunk: minimum }) };
    }
    /** A request with this repository's scope. */
    send(request) {
        return this.#connection.request({ ...request, scopes: [this.#scope] });
    }
    /** With the registry. */
    #of(name) {
        return `${this.registry}/${this.#here(name)}`;
    }
    /** Without the registry, for messages that name it already. */
    #here(name) {
        return `${this.name}${isDigest(name) ? '@' : ':'}${name}`;
    }
}
/** The digest that a registry announces for what it has stored must be the one that was sent. */
function checkAnnounced(answer, digest, what) {
    const announced = answer.headers['docker-content-digest'];
    if (announced !== undefined && isDigest(announced) && algorithmOf(announced) === algorithmOf(digest)) {
        if (announced !== digest)
            throw mismatch(`${what} was sent as ${digest} and stored as ${announced}`);
    }
}
function mismatch(message) {
    return new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_CONTENT_MISMATCH, message);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/upload.ts
/** Getting one blob into a repository: not at all where it exists, mounted where possible, else uploaded. */





const upload_ATTEMPTS = 4;
const USUAL = { fromBytes: CHUNKED_FROM_BYTES, chunkBytes: CHUNK_BYTES };
/** Error codes that say "this session is broken", not "this blob is refused". */
const SESSION_CODES = new Set(['BLOB_UPLOAD_UNKNOWN', 'BLOB_UPLOAD_INVALID', 'DIGEST_INVALID', 'SIZE_INVALID']);
/**
 * Puts a blob where it belongs. A failed upload is never sent again into the same session: the registry may have
 * stored it and lost the answer, or hold a part of it. It is asked whether it has the blob, and if not, starts afresh.
 * @param mountFrom a repository of the same registry that has the blob
 * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
 */
async function putBlob(target, blob, mountFrom, { fromBytes, chunkBytes } = USUAL) {
    if (await target.hasBlob(blob.digest))
        return 'present';
    let session;
    if (mountFrom !== undefined) {
        const answer = await tryMount(target, blob, mountFrom);
        if (answer === 'mounted')
            return 'mounted';
        session = answer;
    }
    const { clock, log, cancelled } = target.ports;
    let chunks = blob.size >= fromBytes;
    for (let attempt = 1;; attempt += 1) {
        const failure = await upload(target, blob, session, chunks ? chunkBytes : undefined);
        if (failure === undefined)
            return 'uploaded';
        if (failure === 'in-one-piece') {
            log.debug(`${target.fullName} takes no chunks`);
            session = undefined;
            chunks = false;
            continue;
        }
        session = undefined;
        if (!failure.again)
            throw failure.error;
        const pause = attempt < upload_ATTEMPTS ? (0,retry/* pauseBefore */.GB)(attempt + 1, Math.random(), failure.retryAfterMs) : undefined;
        if (pause !== undefined) {
            log.info(`Upload of ${blob.digest} failed (${failure.error.message}); attempt ${attempt + 1} of ${upload_ATTEMPTS}`);
            await clock.sleep(pause, cancelled);
        }
        if (await target.hasBlob(blob.digest))
            return 'uploaded';
        if (pause === undefined)
            throw failure.error;
    }
}
/** A refused or failed mount costs bytes, not the image: whatever goes wrong, the blob can still be uploaded. */
async function tryMount(target, blob, from) {
    try {
        return await target.mountBlob(blob.digest, from);
    }
    catch (error) {
        if (!(error instanceof base_errors/* ServiceError */._7))
            throw error;
        target.ports.log.debug(`Mount of ${blob.digest} from ${from} failed: ${error.message}`);
        return undefined;
    }
}
async function upload(target, blob, session, chunkBytes) {
    let response;
    // The HTTP client reports a body that fails as a broken request to the target; whose fault it was is kept here.
    let source;
    async function* content() {
        try {
            yield* blob.open();
        }
        catch (error) {
            source = { error };
            throw error;
        }
    }
    try {
        const opened = session ?? (await target.openUpload());
        if (chunkBytes !== undefined) {
            await uploadInChunks(target, { ...blob, open: content }, opened, chunkBytes);
            return undefined;
        }
        const url = new URL(opened.location);
        url.searchParams.set('digest', blob.digest);
        response = await target.send({
            method: 'PUT',
            url: url.toString(),
            headers: { 'content-type': 'application/octet-stream' },
            body: { length: blob.size, open: content },
            attempts: 1,
            timeoutMs: COMMIT_TIMEOUT_MS,
        });
    }
    catch (thrown) {
        if (thrown instanceof ChunksRefused)
            return 'in-one-piece';
        if (thrown instanceof SessionLost)
            return { error: thrown.error, again: true };
        const error = source === undefined ? thrown : source.error;
        if (!(error instanceof base_errors/* ServiceError */._7))
            throw error;
        return { error, again: mayPass(error) };
    }
    if (response.status === 201 || response.status === 204) {
        checkAnnounced(response, blob.digest, `a blob of ${target.fullName}`);
        return undefined;
    }
    const body = response.text();
    const error = refusal('PUT', response, body, `take a blob of ${target.name}`);
    return {
        error,
        again: mayPass(error) || registryCodes(body).some((code) => SESSION_CODES.has(code)),
        retryAfterMs: (0,retry/* parseRetryAfter */.mu)(response.headers['retry-after'], target.ports.clock.now()),
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/push.ts
/** Pushing an image built on a base: blobs, then manifests, then tags, then reading back what the registry holds. */









/** Requests to one registry at the same time. */
const PARALLEL = 4;
/** What a push will store, computed before anything is sent. */
function planImages(plan) {
    const images = plan.base.images.map((image) => extendImage(image, plan));
    const [only, ...others] = images;
    const top = only !== undefined && others.length === 0 ? only.manifest : indexOf(images, plan.base.mediaType, plan.annotations);
    return { images, top };
}
/**
 * Starts to bring the layers of the base into the target: they do not depend on what is put on top of them, which can
 * be built meanwhile. A target that is never pushed keeps them as blobs without a name, which registries clean up.
 */
function startMoving({ base, target: place, builtLayers = [] }, registries) {
    const [lanes, tally] = [openLanes(PARALLEL), { bytesUploaded: 0, mounted: 0, skipped: 0 }];
    const target = registries.repository(place, 'pull,push');
    const source = registries.repository(base.reference, 'pull');
    const mountFrom = source.registry === target.registry && source.name !== target.name ? source.name : undefined;
    const built = new Set(builtLayers.map(({ digest }) => digest));
    const blobs = baseLayers(base)
        .filter(({ digest }) => !built.has(digest))
        .map((layer) => ({ digest: layer.digest, size: layer.size, open: () => source.streamBlob(layer) }));
    const done = putBlobs(blobs, target, { lanes, tally }, mountFrom);
    done.catch(() => undefined);
    return { done, lanes, tally };
}
/**
 * Pushes the image and proves it: every tag is read back and must name what was pushed. What the registry has already
 * is not sent again.
 * @throws InputError IMAGE_REFERENCE_INVALID; ServiceError; VerificationError IMAGE_TAG_MISMATCH, IMAGE_CONTENT_MISMATCH
 */
async function pushImage(plan, registries) {
    checkTags(plan.tags);
    const { images, top } = planImages(plan);
    const target = registries.repository(plan.target, 'pull,push');
    const { log } = target.ports;
    const names = plan.tags.length > 0 ? [...new Set(plan.tags)] : [top.digest];
    const moving = plan.moving ?? startMoving(plan, registries);
    const { tally } = moving;
    // Also where the tags are right already: a registry that lost a part of the image gets it back.
    const blobs = [moving.done, putBlobs(newBlobs(plan, images), target, moving)];
    const asked = staleNames(target, names, top.digest);
    await allOf([...blobs, asked]);
    const stale = await asked;
    const children = images.map(({ manifest }) => manifest).filter((manifest) => manifest !== top);
    await inParallel(children, PARALLEL, async (manifest) => {
        if (await target.hasManifest(manifest.digest))
            return;
        await putOrFindManifest(target, manifest.digest, manifest);
        tally.bytesUploaded += manifest.bytes.length;
    });
    await inParallel(stale, PARALLEL, async (name) => {
        await putOrFindManifest(target, name, top);
        tally.bytesUploaded += top.bytes.length;
    });
    // Only when all are there: of two tags that are one to the registry, the second would undo the first.
    await inParallel(stale, PARALLEL, (name) => readBack(target, name, top.digest));
    log.info(`${target.fullName}@${top.digest}: ${(0,bytes/* formatBytes */.z)(tally.bytesUploaded)} sent, ${(0,base_text/* count */.U9)(tally.mounted, 'blob')} mounted, ${tally.skipped} already there`);
    return {
        repository: target.fullName,
        digest: top.digest,
        tags: plan.tags,
        platforms: images.map(({ platform }) => formatPlatform(platform)),
        ...tally,
    };
}
function checkTags(tags) {
    const problems = tags.flatMap((tag) => {
        const problem = tagProblem(tag);
        return problem === undefined
            ? []
            : [{ subject: 'tags', problem: `${JSON.stringify(tag)} ${problem}`, example: '1.4.0' }];
    });
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_REFERENCE_INVALID, problems);
}
/** The names that do not yet stand for the digest. */
async function staleNames(target, names, digest) {
    const held = await inParallel(names, PARALLEL, (name) => target.manifest(name));
    return names.filter((_, index) => held[index]?.digest !== digest);
}
/** Each once, though platforms share them. */
function baseLayers({ images }) {
    const layers = images.flatMap((image) => image.manifest.layers).filter(isDistributable);
    return [...new Map(layers.map((layer) => [layer.digest, layer])).values()];
}
/** What is on top of the base: its layers, and the configurations. */
function newBlobs({ base, builtLayers = [], layers }, images) {
    const built = new Set(builtLayers.map(({ digest }) => digest));
    const moved = new Set(baseLayers(base).map(({ digest }) => digest));
    const blobs = new Map();
    for (const { digest, size, content } of [...builtLayers, ...layers]) {
        if (built.has(digest) || !moved.has(digest))
            blobs.set(digest, { digest, size, open: () => content.open() });
    }
    for (const { config } of images) {
        const { digest, bytes } = config;
        blobs.set(digest, { digest, size: bytes.length, open: () => inMemory(bytes) });
    }
    return [...blobs.values()];
}
function putBlobs(blobs, target, { lanes, tally }, mountFrom) {
    const put = async (blob) => {
        const outcome = await putBlob(target, blob, mountFrom);
        if (outcome === 'uploaded') {
            tally.bytesUploaded += blob.size;
            target.ports.log.info(`Uploaded ${blob.digest} (${(0,bytes/* formatBytes */.z)(blob.size)})`);
        }
        else {
            tally[outcome === 'mounted' ? 'mounted' : 'skipped'] += 1;
        }
    };
    return allOf(blobs.map((blob) => lanes.run(() => put(blob))));
}
/** Layers of the Windows kind stay where their URLs point. */
function isDistributable({ mediaType, urls }) {
    return !(/nondistributable|foreign/.test(mediaType) && urls !== undefined && urls.length > 0);
}
async function* inMemory(bytes) {
    yield await Promise.resolve(bytes);
}
/** Stores the manifest. When the answer was lost or the registry failed, what it holds now decides. */
async function putOrFindManifest(target, name, document) {
    try {
        await target.putManifest(name, document);
    }
    catch (error) {
        const lost = error instanceof base_errors/* ServiceError */._7 && (error.status === undefined || error.status >= 500);
        if (!lost || (await target.manifest(name))?.digest !== document.digest)
            throw error;
    }
}
async function readBack(target, name, digest) {
    const held = await target.manifest(name);
    if (held?.digest === digest)
        return;
    const what = held === undefined ? 'is not there' : `names ${held.digest}`;
    throw new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_TAG_MISMATCH, `${target.fullName}:${name} was pushed as ${digest}, and read back it ${what}`);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/challenge.ts
/** WWW-Authenticate headers (RFC 9110 section 11.6.1), as registries write them. */
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const PARAMETER = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/y;
const GAP = /[\s,]*/y;
/** All challenges of a header, in order; several may stand in one header or in several joined by commas. */
function parseChallenges(header) {
    const challenges = [];
    let at = 0;
    const take = (pattern) => {
        pattern.lastIndex = at;
        const match = pattern.exec(header);
        if (match === null)
            return undefined;
        at = pattern.lastIndex;
        return match;
    };
    for (take(GAP); at < header.length; take(GAP)) {
        const current = challenges.at(-1);
        const parameter = current === undefined ? undefined : take(PARAMETER);
        if (current !== undefined && parameter !== undefined) {
            const [, name = '', quoted, plain = ''] = parameter;
            current.parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain;
            continue;
        }
        const scheme = take(TOKEN);
        if (scheme === undefined)
            break;
        challenges.push({ scheme: scheme[0].toLowerCase(), parameters: {} });
    }
    return challenges;
}
/** The challenge to answer: bearer where offered, else basic. */
function chooseChallenge(header) {
    const challenges = parseChallenges(header ?? '');
    return (challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.realm !== undefined) ??
        challenges.find(({ scheme }) => scheme === 'basic'));
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/authorization.ts
/** The Authorization header for one registry: challenges answered, tokens fetched once for each scope and kept. */




/** What a token without `expires_in` lives (distribution's token specification), in seconds. */
const DEFAULT_LIFE_S = 60;
/** Tokens are renewed this long before they end, so that a request on its way does not meet an expired one. */
const MARGIN_MS = 10_000;
const MAX_TOKEN_ANSWER_BYTES = 1024 * 1024;
class Authorization {
    #options;
    #ports;
    #tokens = new Map();
    #challenge;
    #credentials;
    constructor(options, ports) {
        this.#options = options;
        this.#ports = ports;
    }
    /** What to send with a request of these scopes; undefined until the registry has asked for anything. */
    async header(scopes) {
        if (this.#challenge === undefined)
            return undefined;
        this.#credentials ??= this.#options.credentials();
        const credentials = await this.#credentials;
        if (credentials?.kind === 'registry-token')
            return `Bearer ${credentials.token}`;
        if (this.#challenge.scheme === 'basic')
            return credentials === undefined ? undefined : basic(credentials);
        return (await this.#token(this.#challenge, scopes, credentials)).header;
    }
    /**
     * The header to try again with after a 401; undefined when there is nothing better than what was `used`.
     * @throws ServiceError when the token service refuses
     */
    async renew(wwwAuthenticate, scopes, used) {
        this.#challenge = chooseChallenge(wwwAuthenticate) ?? this.#challenge;
        const key = scopes.join(' ');
        const kept = await this.#tokens.get(key)?.catch(() => undefined);
        if (kept !== undefined && kept.header === used)
            this.#tokens.delete(key);
        const header = await this.header(scopes);
        return header === used ? undefined : header;
    }
    async #token(challenge, scopes, credentials) {
        const key = scopes.join(' ');
        const kept = this.#tokens.get(key);
        if (kept !== undefined && (await kept).expires > this.#ports.clock.now())
            return kept;
        // Another request may have renewed it while this one waited.
        const current = this.#tokens.get(key);
        if (current !== undefined && current !== kept)
            return current;
        const fetched = this.#fetchToken(challenge, scopes, credentials);
        this.#tokens.set(key, fetched);
        fetched.catch(() => {
            if (this.#tokens.get(key) === fetched)
                this.#tokens.delete(key);
        });
        return fetched;
    }
    async #fetchToken(challenge, scopes, credentials) {
        const realm = this.#realm(challenge);
        const request = tokenRequest(realm, challenge.parameters.service, scopes, credentials);
        const { ca } = this.#options;
        const response = await this.#ports.http.request({
            ...request,
            maxBytes: MAX_TOKEN_ANSWER_BYTES,
            ...(ca !== undefined && { ca }),
        });
        if (response.status !== 200)
            throw this.#refused(request.method, response, credentials);
        const { token, lifeSeconds } = readToken(request.method, response);
        this.#ports.secrets.register(token);
        const life = lifeSeconds * 1000;
        return { header: `Bearer ${token}`, expires: this.#ports.clock.now() + Math.max(life / 2, life - MARGIN_MS) };
    }
    /** The token service's address. Credentials for a registry behind TLS are never sent in clear to its token service. */
    #realm(challenge) {
        const { base } = this.#options;
        const text = challenge.parameters.realm ?? '';
        const realm = URL.parse(text, base.href);
        if (realm === null || (realm.protocol !== 'https:' && realm.protocol !== 'http:')) {
            throw protocolError('GET', base, `its token service ${JSON.stringify(text)} is not a URL`);
        }
        if (base.protocol === 'https:' && realm.protocol !== 'https:') {
            throw protocolError('GET', base, `its token service ${shownUrl(realm)} is not protected by TLS`);
        }
        return realm;
    }
    #refused(method, response, credentials) {
        if (response.status !== 401 && response.status !== 403 && response.status !== 400) {
            return refusal(method, response, response.text(), 'give a token');
        }
        const words = registryWords(response.text());
        const whose = credentials === undefined ? 'an anonymous user' : describe(credentials);
        const message = `${this.#options.base.host} gives ${whose} no token: ${response.status}${words && ` ${words}`}`;
        return new base_errors/* ServiceError */._7(oci_codes_codes.REGISTRY_UNAUTHORIZED, message, {
            method,
            url: shownUrl(response.url),
            status: response.status,
        });
    }
}
function tokenRequest(realm, service, scopes, credentials) {
    if (credentials?.kind === 'identity-token') {
        const form = new URLSearchParams({
            grant_type: 'refresh_token',
            client_id: 'wso2-delivery',
            ...(service !== undefined && { service }),
            scope: scopes.join(' '),
            refresh_token: credentials.token,
        });
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return { method: 'POST', url: realm, headers, body: form.toString(), repeatable: true };
    }
    const url = new URL(realm);
    if (service !== undefined)
        url.searchParams.set('service', service);
    for (const scope of scopes)
        url.searchParams.append('scope', scope);
    return {
        method: 'GET',
        url,
        ...(credentials !== undefined && { headers: { authorization: basic(credentials) } }),
    };
}
function readToken(method, response) {
    let answer;
    try {
        answer = response.json();
    }
    catch {
        throw protocolError(method, response.url, 'its token service does not answer in JSON');
    }
    const { token, access_token, expires_in } = (answer ?? {});
    const value = [token, access_token].find((candidate) => typeof candidate === 'string' && candidate !== '');
    if (typeof value !== 'string')
        throw protocolError(method, response.url, 'its token service gives no token');
    return { token: value, lifeSeconds: typeof expires_in === 'number' && expires_in > 0 ? expires_in : DEFAULT_LIFE_S };
}
function basic(credentials) {
    const pair = credentials.kind === 'password' ? `${credentials.username}:${credentials.password}` : `:${credentials.token}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
}
function describe(credentials) {
    return credentials.kind === 'password' ? `the user ${credentials.username}` : 'the stored login';
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/credentials.ts
/** Registry credentials: what the step was given, else what docker login left behind. */






const HELPER_TIMEOUT_MS = 30_000;
/**
 * The credentials for a registry: an explicit login, else from docker's configuration the registry's own helper, its
 * stored entry, the general store; undefined means anonymous.
 * @throws InputError REGISTRY_CREDENTIALS_UNREADABLE; ToolError REGISTRY_CREDENTIAL_HELPER, TOOL_TIMEOUT
 */
async function findCredentials(registry, logins, ports) {
    const login = logins.find((candidate) => candidate.registry === registry);
    const found = login === undefined
        ? await fromDockerConfig(registry, ports)
        : { kind: 'password', username: login.username, password: login.password };
    if (found?.kind === 'password') {
        ports.secrets.register(found.password);
        // In base64 this is the Authorization header.
        ports.secrets.register(`${found.username}:${found.password}`);
    }
    else if (found !== undefined) {
        ports.secrets.register(found.token);
    }
    return found;
}
async function fromDockerConfig(registry, ports) {
    const path = configPath(ports);
    const config = path === undefined ? undefined : await readConfig(path);
    if (path === undefined || config === undefined)
        return undefined;
    const key = credentialKey(registry);
    const helper = byRegistry(config.credHelpers, registry);
    if (helper !== undefined)
        return askHelper(helper, key, ports);
    const stored = fromEntry(byRegistry(config.auths, registry), registry, path);
    if (stored !== undefined)
        return stored;
    return config.credsStore === undefined || config.credsStore === ''
        ? undefined
        : askHelper(config.credsStore, key, ports);
}
function configPath({ job }) {
    const folder = job.variable('DOCKER_CONFIG');
    if (folder !== undefined)
        return (0,external_node_path_.join)(folder, 'config.json');
    const home = job.variable('HOME') ?? job.variable('USERPROFILE');
    return home === undefined ? undefined : (0,external_node_path_.join)(home, '.docker', 'config.json');
}
async function readConfig(path) {
    let text;
    try {
        text = await (0,promises_.readFile)(path, 'utf8');
    }
    catch (cause) {
        if (cause.code === 'ENOENT')
            return undefined;
        throw credentials_unreadable(path, `cannot be read: ${(0,base_errors/* messageOf */.bD)(cause)}`);
    }
    try {
        const document = JSON.parse(text);
        if (typeof document === 'object' && document !== null)
            return document;
    }
    catch {
        // The parser's message quotes the file, which holds passwords: it is not passed on.
    }
    throw credentials_unreadable(path, 'is not a JSON object');
}
/** The entry for a registry, under any of the spellings that docker login has used over the years. */
function byRegistry(entries, registry) {
    if (entries === undefined)
        return undefined;
    const wanted = hostOf(credentialKey(registry));
    const exact = entries[credentialKey(registry)] ?? entries[registry];
    return exact ?? Object.entries(entries).find(([key]) => hostOf(key) === wanted)?.[1];
}
function hostOf(key) {
    const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
    return host === 'docker.io' || host === 'registry-1.docker.io' ? 'index.docker.io' : host;
}
function fromEntry(entry, registry, path) {
    if (entry === undefined)
        return undefined;
    if (entry.registrytoken)
        return { kind: 'registry-token', token: entry.registrytoken };
    if (entry.identitytoken)
        return { kind: 'identity-token', token: entry.identitytoken };
    if (entry.username && entry.password !== undefined) {
        return { kind: 'password', username: entry.username, password: entry.password };
    }
    if (!entry.auth)
        return undefined;
    const pair = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = pair.indexOf(':');
    if (colon < 1)
        throw credentials_unreadable(path, `has an auth entry for ${registry} that is not user:password in base64`);
    return { kind: 'password', username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}
/** What helpers have answered in this run. Asked once: a second answer would come back with its secret masked. */
const helperAnswers = new WeakMap();
function askHelper(name, key, ports) {
    const answers = helperAnswers.get(ports.secrets) ?? new Map();
    helperAnswers.set(ports.secrets, answers);
    const question = `${name} ${key}`;
    const answer = answers.get(question) ?? callHelper(name, key, ports);
    answers.set(question, answer);
    return answer;
}
/** The protocol of docker-credential-helpers: the server's name on stdin, a JSON object on stdout. */
async function callHelper(name, key, { exec, secrets }) {
    const command = `docker-credential-${name}`;
    const result = await exec.run({ command, args: ['get'], stdin: key, timeoutMs: HELPER_TIMEOUT_MS });
    const fail = (problem) => new base_errors/* ToolError */.v4(oci_codes_codes.REGISTRY_CREDENTIAL_HELPER, `${command} gave no credentials for ${key}: ${problem}`, {
        command: [command, 'get'],
        exitCode: result.exitCode,
    });
    if (result.exitCode !== 0) {
        const words = (0,base_text/* oneLine */.TN)(`${result.stdout} ${result.stderr}`);
        if (/credentials not found/i.test(words))
            return undefined;
        throw fail(words === '' ? `exit code ${String(result.exitCode)}` : words);
    }
    let answer;
    try {
        answer = JSON.parse(result.stdout);
    }
    catch {
        throw fail('its output is not JSON');
    }
    const { Username: username, Secret: secret } = (answer ?? {});
    if (typeof username !== 'string' || typeof secret !== 'string')
        throw fail('its output lacks Username or Secret');
    secrets.register(secret);
    if (username === '' && secret === '')
        return undefined;
    return username === '<token>'
        ? { kind: 'identity-token', token: secret }
        : { kind: 'password', username, password: secret };
}
function credentials_unreadable(path, problem) {
    return new base_errors/* InputError */.dz(oci_codes_codes.REGISTRY_CREDENTIALS_UNREADABLE, [{ subject: path, problem }]);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/registry.ts




/** All registries of a step: one set of credentials and tokens for each. Nothing is sent yet. */
function openRegistries(ports, options = {}) {
    const connections = new Map();
    return {
        repository({ registry, repository }, access) {
            const connection = connections.get(registry) ?? new Connection(registry, options, ports);
            connections.set(registry, connection);
            return new Repository(connection, repository, access);
        },
    };
}
/** One registry. Sends requests with the authorization they need, and to nobody else. */
class Connection {
    registry;
    base;
    ports;
    #authorization;
    #ca;
    constructor(registry, { logins = [], ca }, ports) {
        this.registry = registry;
        this.base = new URL(`${defaultScheme(registry)}://${apiHost(registry)}/v2/`);
        this.ports = ports;
        this.#ca = ca;
        const credentials = () => findCredentials(registry, logins, ports);
        this.#authorization = new Authorization({ base: this.base, credentials, ca }, ports);
    }
    /** Any status is an answer; a 401 that new authorization can heal is healed. */
    request(request) {
        return this.#send(request, (ready) => this.ports.http.request(ready));
    }
    /** As `request`, with the body as a stream. */
    stream(request) {
        return this.#send(request, (ready) => this.ports.http.stream(ready));
    }
    async #send({ url, scopes, ...request }, send) {
        const target = new URL(url, this.base);
        const ours = target.origin === this.base.origin;
        const attempt = (authorization) => send({
            ...request,
            url: target,
            headers: { ...request.headers, ...(authorization !== undefined && { authorization }) },
            ...(this.#ca !== undefined && { ca: this.#ca }),
            signal: this.ports.cancelled,
        });
        const used = ours ? await this.#authorization.header(scopes) : undefined;
        const answer = await attempt(used);
        if (answer.status !== 401 || new URL(answer.url).origin !== this.base.origin)
            return answer;
        const renewed = await this.#authorization.renew(answer.headers['www-authenticate'], scopes, used);
        if (renewed === undefined)
            return answer;
        if ('close' in answer)
            answer.close();
        return attempt(renewed);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/resolve.ts
/** What an image reference stands for right now: digest, platforms, manifests and configurations. No layer is read. */






/**
 * Resolves a reference to the images of all platforms, or of the chosen ones.
 * @throws ServiceError REGISTRY_NOT_FOUND and others; InputError IMAGE_PLATFORM_MISSING; VerificationError
 */
async function resolveImage(reference, platforms, registries) {
    const repository = registries.repository(reference, 'pull');
    const where = formatReference(reference);
    const top = await repository.manifest(manifestName(reference));
    if (top === undefined)
        throw notFound(reference);
    const manifest = parseManifest(top.bytes, top.mediaType, where);
    const images = isIndex(manifest)
        ? await imagesOf(manifest.manifests, platforms, repository, where)
        : [await readImage(repository, top, where)];
    const missing = platforms === 'all' ? [] : missingPlatforms(platforms, images);
    if (missing.length > 0) {
        const offered = isIndex(manifest) ? offeredPlatforms(manifest.manifests) : images.map((image) => image.platform);
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_PLATFORM_MISSING, [
            {
                subject: 'platforms',
                problem: `${where} has no image for ${missing.map(formatPlatform).join(', ')}; it has ${offered.map(formatPlatform).join(', ')}`,
            },
        ]);
    }
    if (images.length === 0) {
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_PLATFORM_MISSING, [{ subject: where, problem: 'is an index without any image' }]);
    }
    return { reference, digest: top.digest, mediaType: top.mediaType, images };
}
/** The wanted platforms that none of the images serves. */
function missingPlatforms(wanted, images) {
    return wanted.filter((platform) => !images.some((image) => platformMatches(platform, image.platform)));
}
/** The platforms of an index's images; attestations, which name the platform unknown/unknown, are none. */
function offeredPlatforms(manifests) {
    return manifests
        .map(({ platform }) => platform)
        .filter((platform) => platform !== undefined && platform.os !== 'unknown');
}
async function imagesOf(manifests, platforms, repository, where) {
    const candidates = manifests.filter(({ mediaType, platform }) => !isIndexType(mediaType) &&
        platform?.os !== 'unknown' &&
        (platform === undefined || platforms === 'all' || platforms.some((wanted) => platformMatches(wanted, platform))));
    return Promise.all(candidates.map(async (descriptor) => {
        const child = `${where} (${descriptor.platform === undefined ? descriptor.digest : formatPlatform(descriptor.platform)})`;
        const document = await repository.manifest(descriptor.digest);
        if (document === undefined) {
            throw new base_errors/* ServiceError */._7(oci_codes_codes.REGISTRY_NOT_FOUND, `${child} is listed in its index and not in the registry`, {
                method: 'GET',
                url: manifestUrl(repository, descriptor.digest),
                status: 404,
            });
        }
        return readImage(repository, document, child, descriptor.platform);
    }));
}
async function readImage(repository, { mediaType, digest, bytes }, where, listedAs) {
    const manifest = parseManifest(bytes, mediaType, where);
    if (isIndex(manifest)) {
        throw new base_errors/* InputError */.dz(oci_codes_codes.IMAGE_MANIFEST_INVALID, [{ subject: where, problem: 'is an index inside an index' }]);
    }
    const config = parseConfig(await repository.readBlob(manifest.config), manifest, where);
    const { os, architecture, variant } = config;
    const platform = listedAs ?? { os, architecture, ...(variant !== undefined && { variant }) };
    return { platform, mediaType: manifest.mediaType ?? mediaType, digest, manifest, config };
}
function notFound(reference) {
    const name = manifestName(reference);
    return new base_errors/* ServiceError */._7(oci_codes_codes.REGISTRY_NOT_FOUND, `the image ${formatReference(reference)} does not exist`, {
        method: 'GET',
        url: manifestUrl({ registry: reference.registry, name: reference.repository }, name),
        status: 404,
    });
}
function manifestUrl({ registry, name }, of) {
    return shownUrl(`${defaultScheme(registry)}://${apiHost(registry)}/v2/${name}/manifests/${of}`);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/sbom.ts
/** What carbon applications are made of, as a CycloneDX document: artifacts, connectors, and the jars in them. */





/** A connector has dozens of jars at most; the bounds keep a hostile one from filling the memory. */
const LIMITS = { maxEntries: 5_000, maxBytes: 256 * 1024 * 1024 };
/**
 * The document. The same applications give the same bytes.
 * @param image registry/repository, and the version if there is one; the digest is not known yet and not part of it
 */
async function sbomOf(cars, jars, image) {
    const components = [
        ...(await Promise.all(cars.map(applicationOf))),
        ...(await Promise.all(jars.map(({ path, bytes }) => jarComponent(path, path, bytes)))),
    ];
    const content = {
        metadata: {
            component: {
                type: 'container',
                'bom-ref': 'image',
                name: image.name,
                ...(image.version !== undefined && { version: image.version }),
            },
            tools: { components: [{ type: 'application', name: 'wso2-delivery build-mi' }] },
        },
        components,
        dependencies: [
            { ref: 'image', dependsOn: components.map((component) => component['bom-ref']) },
            ...components.flatMap(dependenciesOf),
        ],
    };
    return {
        bomFormat: 'CycloneDX',
        specVersion: '1.5',
        serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
        version: 1,
        ...content,
    };
}
function dependenciesOf(component) {
    const parts = component.components ?? [];
    if (parts.length === 0)
        return [];
    return [
        { ref: component['bom-ref'], dependsOn: parts.map((part) => part['bom-ref']) },
        ...parts.flatMap(dependenciesOf),
    ];
}
async function applicationOf(car) {
    const ref = `car:${car.name}@${car.version}`;
    return {
        type: 'application',
        'bom-ref': ref,
        name: car.name,
        version: car.version,
        description: 'carbon application',
        components: await Promise.all(car.artifacts.map((artifact) => artifactComponent(artifact, ref))),
    };
}
async function artifactComponent(artifact, above) {
    const { name, version, type, payload, file, folder } = artifact;
    const ref = `${above}/${folder}`;
    const isLibrary = type === 'synapse/lib' || type.startsWith('lib/');
    const inside = payload === undefined ? [] : type === 'synapse/lib' ? await jarsOf(payload, ref) : [];
    const coordinates = payload !== undefined && file?.endsWith('.jar') === true ? await coordinatesOf(payload) : undefined;
    return {
        type: isLibrary ? 'library' : 'file',
        'bom-ref': ref,
        ...(coordinates !== undefined && { group: coordinates.group }),
        name,
        version,
        ...(coordinates !== undefined && { purl: purlOf(coordinates) }),
        description: nounOf(type),
        ...(payload !== undefined && { hashes: hashesOf(payload) }),
        ...(inside.length > 0 && { components: inside }),
    };
}
async function jarsOf(connector, above) {
    const entries = await contentOf(connector);
    return Promise.all(entries
        .filter(({ name }) => name.endsWith('.jar'))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, data }) => jarComponent(name, `${above}/${name}`, data)));
}
async function jarComponent(path, ref, bytes) {
    const coordinates = await coordinatesOf(bytes);
    const hashes = hashesOf(bytes);
    if (coordinates === undefined)
        return { type: 'library', 'bom-ref': ref, name: (0,external_node_path_.basename)(path), hashes };
    const { group, name, version } = coordinates;
    return { type: 'library', 'bom-ref': ref, group, name, version, purl: purlOf(coordinates), hashes };
}
/** What Maven wrote into a jar about itself; undefined when nothing, or of several at once (a shaded jar). */
async function coordinatesOf(jar) {
    const entries = await contentOf(jar);
    const found = entries.filter(({ name }) => /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(name));
    const [only] = found;
    if (only === undefined || found.length > 1)
        return undefined;
    const read = (key) => new RegExp(`^${key}\\s*=\\s*(.*?)\\s*$`, 'm').exec(only.data.toString('utf8'))?.[1];
    const [group, name, version] = [read('groupId'), read('artifactId'), read('version')];
    return group === undefined || name === undefined || version === undefined ? undefined : { group, name, version };
}
/** A file that is no archive is a component all the same. */
async function contentOf(archive) {
    try {
        return await readZip(archive, LIMITS);
    }
    catch (error) {
        if (error instanceof formats_malformed/* MalformedError */.G)
            return [];
        throw error;
    }
}
function purlOf({ group, name, version }) {
    return `pkg:maven/${encodeURIComponent(group)}/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
}
function hashesOf(bytes) {
    return [{ alg: 'SHA-256', content: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') }];
}
/** A UUID (version 8) that depends on the content alone. */
function uuidOf(text) {
    const hex = (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/provenance.ts
/** Where an image comes from: an in-toto statement with SLSA provenance v1, as GitHub's own build type describes it. */
const PROVENANCE_PREDICATE = 'https://slsa.dev/provenance/v1';
/**
 * The statement. It is not signed: `actions/attest` signs a statement about the same digest.
 * @param image registry/repository and digest of the image
 * @param base the image it was built on, when it is known
 */
function provenanceStatement(image, base, facts) {
    const { repository, sha, ref, serverUrl, runId } = facts;
    const source = repository === undefined ? undefined : `${serverUrl}/${repository}`;
    const workflow = facts.variable('GITHUB_WORKFLOW_REF');
    const [workflowPath] = (workflow ?? '').replace(`${repository ?? ''}/`, '').split('@');
    const attempt = facts.variable('GITHUB_RUN_ATTEMPT') ?? '1';
    return {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: image.name, digest: digestMap(image.digest) }],
        predicateType: PROVENANCE_PREDICATE,
        predicate: {
            buildDefinition: {
                buildType: 'https://actions.github.io/buildtypes/workflow/v1',
                externalParameters: {
                    workflow: defined({ ref, repository: source, path: workflowPath === '' ? undefined : workflowPath }),
                },
                internalParameters: {
                    github: defined({
                        event_name: facts.variable('GITHUB_EVENT_NAME'),
                        repository_id: facts.variable('GITHUB_REPOSITORY_ID'),
                        repository_owner_id: facts.variable('GITHUB_REPOSITORY_OWNER_ID'),
                        runner_environment: facts.variable('RUNNER_ENVIRONMENT'),
                    }),
                },
                resolvedDependencies: [
                    ...(source === undefined || sha === undefined
                        ? []
                        : [{ uri: `git+${source}${ref === undefined ? '' : `@${ref}`}`, digest: { gitCommit: sha } }]),
                    ...(base === undefined ? [] : [{ uri: `docker://${base.name}`, digest: digestMap(base.digest) }]),
                ],
            },
            runDetails: {
                builder: { id: workflow === undefined ? `${serverUrl}/actions/runner` : `${serverUrl}/${workflow}` },
                metadata: defined({
                    invocationId: source === undefined || runId === undefined
                        ? undefined
                        : `${source}/actions/runs/${runId}/attempts/${attempt}`,
                }),
            },
        },
    };
}
function digestMap(digest) {
    const [algorithm = '', hex = ''] = digest.split(':');
    return { [algorithm]: hex };
}
function defined(record) {
    return Object.fromEntries(Object.entries(record).filter((entry) => entry[1] !== undefined));
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/referrers.ts
/** Documents about an image (SBOM, provenance) beside it in the registry, as OCI referrers. */






/** What tools look for: scanners and `cosign download sbom`, and everything that reads in-toto statements. */
const documentTypes = {
    cycloneDx: 'application/vnd.cyclonedx+json',
    inToto: 'application/vnd.in-toto+json',
};
const EMPTY = Buffer.from('{}');
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';
/** The manifest that ties a document to its subject. Same input, same bytes. */
function referrerManifest({ type, bytes, annotations }, subject) {
    const manifest = Buffer.from(JSON.stringify({
        schemaVersion: 2,
        mediaType: mediaTypes.ociManifest,
        artifactType: type,
        config: { mediaType: EMPTY_TYPE, digest: digestOf(EMPTY), size: EMPTY.length },
        layers: [{ mediaType: type, digest: digestOf(bytes), size: bytes.length, annotations }],
        subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
        annotations,
    }));
    return { mediaType: mediaTypes.ociManifest, digest: digestOf(manifest), bytes: manifest };
}
/**
 * Attaches a document to a manifest of the same repository, and reads back that the registry lists it. Where the
 * registry has no referrers API, the list is kept under the tag that the specification names for it.
 * @returns the digest of the referrer
 * @throws ServiceError; VerificationError IMAGE_REFERRER_MISSING
 */
async function attach(document, subject, target) {
    const manifest = referrerManifest(document, subject);
    await putBlob(target, memoryBlob(EMPTY));
    await putBlob(target, memoryBlob(document.bytes));
    const { subjectKnown } = await target.putManifest(manifest.digest, manifest);
    if (!subjectKnown)
        await listUnderTag(document, manifest, subject, target);
    const listed = await listReferrers(subject.digest, target);
    if (!listed.some(({ digest }) => digest === manifest.digest)) {
        throw new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_REFERRER_MISSING, `${target.fullName}@${manifest.digest} was attached to ${subject.digest}, and the registry does not list it there`);
    }
    return manifest.digest;
}
/** What is attached to a manifest: by the referrers API, else by the tag. @throws ServiceError; VerificationError */
async function listReferrers(digest, target) {
    const response = await target.send({ method: 'GET', url: `${target.name}/referrers/${digest}` });
    if (response.status === 200) {
        const index = parseManifest(response.body, mediaTypes.ociIndex, `${target.fullName} (referrers)`);
        return isIndex(index) ? index.manifests : [];
    }
    if (response.status !== 404 && response.status !== 405) {
        throw refusal('GET', response, response.text(), `list what is attached to ${digest}`);
    }
    return (await taggedReferrers(digest, target)) ?? [];
}
async function taggedReferrers(digest, target) {
    const tag = referrersTag(digest);
    const found = await target.manifest(tag);
    if (found === undefined)
        return undefined;
    const index = parseManifest(found.bytes, found.mediaType, `${target.fullName}:${tag}`);
    return isIndex(index) ? index.manifests : undefined;
}
/** `sha256-<hex>`, as the distribution specification has it. */
function referrersTag(digest) {
    return digest.replace(':', '-').slice(0, 128);
}
/** Another run may write the same tag at the same time: what was lost is added again. */
async function listUnderTag({ type, annotations }, manifest, subject, target) {
    const own = {
        mediaType: manifest.mediaType,
        digest: manifest.digest,
        size: manifest.bytes.length,
        artifactType: type,
        annotations,
    };
    for (let attempt = 1; attempt <= 3; attempt += 1) {
        const listed = (await taggedReferrers(subject.digest, target)) ?? [];
        if (listed.some(({ digest }) => digest === own.digest))
            return;
        const content = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [...listed, own] };
        const bytes = Buffer.from(JSON.stringify(content));
        await target.putManifest(referrersTag(subject.digest), {
            mediaType: mediaTypes.ociIndex,
            digest: digestOf(bytes),
            bytes,
        });
    }
}
function memoryBlob(bytes) {
    return {
        digest: digestOf(bytes),
        size: bytes.length,
        async *open() {
            yield await Promise.resolve(bytes);
        },
    };
}

;// CONCATENATED MODULE: ./actions/build-mi/src/attachments.ts
/** SBOM and provenance of the pushed image, beside it in the registry. */










/** Larger ones are listed without a look into them. */
const MAX_JAR_BYTES = 256 * 1024 * 1024;
/** @throws ServiceError; VerificationError IMAGE_REFERRER_MISSING */
async function attachDocuments(request, image, applications, ports) {
    const documents = [];
    if (request.sbom) {
        const cars = applications.map(({ car }) => car);
        const version = cars.length === 1 ? cars[0]?.version : undefined;
        const content = await sbomOf(cars, looseJars(request, ports), { name: image.repository, version });
        documents.push(['SBOM', { type: documentTypes.cycloneDx, bytes: json(content), annotations: {} }]);
    }
    if (request.provenance) {
        const base = image.base === undefined || image.baseDigest === undefined
            ? undefined
            : { name: image.base, digest: image.baseDigest };
        const content = provenanceStatement({ name: image.repository, digest: image.digest }, base, ports.job);
        const annotations = { 'in-toto.io/predicate-type': PROVENANCE_PREDICATE };
        documents.push(['provenance', { type: documentTypes.inToto, bytes: json(content), annotations }]);
    }
    if (documents.length === 0)
        return [];
    const registries = openRegistries(ports, { logins: request.logins, ca: request.ca });
    const target = registries.repository(request.target, 'pull,push');
    const subject = await target.manifest(image.digest);
    if (subject === undefined) {
        throw new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_TAG_MISMATCH, `${image.repository}@${image.digest} is gone from the registry`);
    }
    const descriptor = { mediaType: subject.mediaType, digest: subject.digest, size: subject.bytes.length };
    const attached = [];
    // One after the other: both may have to write the same list.
    for (const [what, document] of documents) {
        const digest = await attach(document, descriptor, target);
        ports.log.info(`${what} attached: ${image.repository}@${digest}`);
        attached.push({ what, digest });
    }
    return attached;
}
/** The jars of the `files` input. */
function looseJars({ files }, { files: { workspace } }) {
    const context = openContext(workspace);
    return files.flatMap(({ source, target }) => matchSource(context, source)
        .filter((path) => path.endsWith('.jar') && (0,external_node_fs_.statSync)((0,external_node_path_.join)(workspace, path)).size <= MAX_JAR_BYTES)
        .map((path) => ({
        path: target.endsWith('/') ? `${target}${path.slice(path.lastIndexOf('/') + 1)}` : target,
        bytes: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(workspace, path)),
    })));
}
function json(content) {
    return Buffer.from(JSON.stringify(content));
}

// EXTERNAL MODULE: ./packages/shared/src/base/codes.ts
var base_codes = __nccwpck_require__(2215);
;// CONCATENATED MODULE: ./packages/shared/src/oci/docker/client-config.ts
/** A docker configuration of our own, so that the step's password is in no argument and in nobody else's file. */






/** Where docker keeps what is no credential, but is needed: builders, contexts, the buildx program. */
const SHARED = ['cli-plugins', 'buildx', 'contexts'];
/**
 * Writes the configuration into a private folder: what there is already, with these logins in it.
 * @returns the folder for DOCKER_CONFIG; undefined when there is nothing to add
 * @throws InputError REGISTRY_CREDENTIALS_UNREADABLE
 */
function writeClientConfig(logins, folder, job) {
    if (logins.length === 0)
        return undefined;
    const own = job.variable('DOCKER_CONFIG') ?? (0,external_node_path_.join)(job.variable('HOME') ?? (0,external_node_os_.homedir)(), '.docker');
    const config = client_config_readConfig((0,external_node_path_.join)(own, 'config.json'));
    const auths = { ...record(config.auths) };
    const helpers = { ...record(config.credHelpers) };
    for (const { registry, username, password } of logins) {
        const key = credentialKey(registry);
        auths[key] = { auth: Buffer.from(`${username}:${password}`).toString('base64') };
        // A helper for the same registry would win.
        Reflect.deleteProperty(helpers, key);
    }
    // A general store wins over entries, too; its other registries are asked for by name instead.
    const { credsStore, ...rest } = config;
    const stored = typeof credsStore === 'string' ? Object.keys(record(config.auths)) : [];
    for (const key of stored)
        if (!(key in helpers) && !hasAuth(auths[key]))
            helpers[key] = credsStore;
    const content = { ...rest, auths, credHelpers: helpers };
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'config.json'), JSON.stringify(content), { mode: 0o600 });
    for (const name of SHARED) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(own, name)))
            (0,external_node_fs_.symlinkSync)((0,external_node_path_.join)(own, name), (0,external_node_path_.join)(folder, name));
    }
    return folder;
}
function hasAuth(entry) {
    return typeof record(entry).auth === 'string';
}
function client_config_readConfig(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return {};
    try {
        return record(JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8')));
    }
    catch (cause) {
        const problem = 'is not readable JSON';
        throw new base_errors/* InputError */.dz(oci_codes_codes.REGISTRY_CREDENTIALS_UNREADABLE, [{ subject: path, problem }], { cause });
    }
}
function record(value) {
    return typeof value === 'object' && value !== null ? value : {};
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/docker/failures.ts


const failures_known = [
    {
        code: oci_codes_codes.DOCKER_UNAVAILABLE,
        seen: /Cannot connect to the Docker daemon at (?<where>\S+?)\.? Is the docker daemon running|permission denied while trying to connect to the [Dd]ocker daemon socket at (?<denied>\S+)|error during connect: (?<other>[^\n]+)/,
        says: ({ where, denied, other }) => denied !== undefined
            ? `docker may not use its daemon at ${denied}`
            : `no docker daemon answers${where === undefined ? `: ${other ?? ''}` : ` at ${where}`}`,
    },
    {
        code: oci_codes_codes.DOCKER_UNAVAILABLE,
        seen: /(?<what>BuildKit is enabled but the buildx component is missing or broken)/,
        says: ({ what = '' }) => what,
    },
    {
        code: oci_codes_codes.DOCKER_NO_SPACE,
        seen: /(?<what>[^\n]*no space left on device)/,
        says: ({ what = '' }) => `docker ran out of disk space: ${what}`,
    },
    {
        code: oci_codes_codes.DOCKER_PLATFORM_UNSUPPORTED,
        seen: /(?<what>Multi-platform build is not supported for the docker driver|multiple platforms feature is currently not supported for docker driver|exec format error|no match for platform in manifest[^\n]*)/i,
        says: ({ what = '' }) => `docker cannot build for that platform: ${what}`,
    },
    {
        code: oci_codes_codes.DOCKER_STEP_FAILED,
        seen: /process "(?<command>[^\n]*?)" did not complete successfully: exit code: (?<exit>\d+)|executor failed running \[(?<words>[^\n]*)\]: exit code: (?<code>\d+)|The command '(?<legacy>[^\n]*)' returned a non-zero code: (?<status>\d+)/,
        says: ({ command, exit, words, code, legacy, status }) => `'${command ?? words ?? legacy ?? ''}' ended with exit code ${exit ?? code ?? status ?? '?'}`,
    },
    {
        code: oci_codes_codes.DOCKER_BASE_UNAVAILABLE,
        seen: /(?<image>[\w.-]+(?:[/:@][\w./:@-]*\w)+): (?:failed to resolve source metadata for \S+: )?(?<why>not found|pull access denied[^\n]*|failed to authorize[^\n]*|insufficient_scope[^\n]*|toomanyrequests[^\n]*)|pull access denied for (?<denied>\S+?),|manifest for (?<missing>\S+) not found/,
        says: ({ image, why, denied, missing }) => denied !== undefined || missing !== undefined
            ? `docker cannot pull ${denied ?? missing ?? ''}`
            : `docker cannot pull ${image ?? ''}: ${why ?? ''}`,
    },
    {
        code: oci_codes_codes.REGISTRY_UNAUTHORIZED,
        seen: /(?<what>unauthorized: [^\n]+|no basic auth credentials|denied: [^\n]+|push access denied[^\n]*|failed to push [^\n]*401 Unauthorized)/,
        says: ({ what = '' }) => `the registry refused docker's push: ${what}`,
    },
    {
        code: oci_codes_codes.DOCKER_CERTIFICATE,
        seen: /(?<what>x509: [^\n]+|http: server gave HTTP response to HTTPS client)/,
        says: ({ what = '' }) => `docker does not trust the registry: ${what}`,
    },
    {
        code: oci_codes_codes.DOCKER_BUILD_FAILED,
        seen: /(?:failed to solve[^:\n]*:\s+|failed to compute cache key: |Error response from daemon: |ERROR: )(?<what>[^\n]+)/,
        says: ({ what = '' }) => what,
    },
];
/** Reads docker's output (its streams joined). Always finds something: the last line when nothing is known. */
function diagnoseDocker(output) {
    const text = (0,base_text/* neutralise */.$0)(output);
    const line = /^(?:[^\s:]*[Dd]ockerfile[^\s:]*):(\d+)$/m.exec(text)?.[1] ??
        /dockerfile parse error (?:on )?line (\d+)/i.exec(text)?.[1];
    const at = line === undefined ? undefined : Number(line);
    for (const { code, seen, says } of failures_known) {
        const match = seen.exec(text);
        if (match !== null)
            return { code, message: (0,base_text/* oneLine */.TN)(says(match.groups ?? {})), line: at };
    }
    const last = text.trimEnd().split('\n').at(-1) ?? '';
    return { code: oci_codes_codes.DOCKER_BUILD_FAILED, message: (0,base_text/* oneLine */.TN)(last === '' ? 'docker gave no reason' : last), line: at };
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/docker/builder.ts
/** Building with docker what cannot be built without it, and pushing it; what was pushed the registry tells. */






const QUICK_MS = 20_000;
/** The docker on this machine; the reason as a text when it does not answer. */
async function findDocker({ exec }) {
    let result;
    try {
        const format = '{{.Server.Version}} {{.Client.Version}}';
        result = await exec.run({ command: 'docker', args: ['version', '--format', format], timeoutMs: QUICK_MS });
    }
    catch (error) {
        if (error instanceof base_errors/* ToolError */.v4)
            return error.message;
        throw error;
    }
    if (result.exitCode !== 0)
        return diagnoseDocker(`${result.stdout}\n${result.stderr}`).message;
    const [version = '', clientVersion = ''] = result.stdout.trim().split(' ');
    const buildx = await exec.run({ command: 'docker', args: ['buildx', 'version'], timeoutMs: QUICK_MS });
    return { version, clientVersion, buildx: buildx.exitCode === 0 };
}
/** What docker is started with, one command after the other. Pure. */
function dockerCommands(build, engine) {
    const { registry, repository } = build.target;
    const names = build.tags.map((tag) => `${registry}/${repository}:${tag}`);
    const common = [
        '--file',
        build.dockerfile,
        ...names.flatMap((name) => ['--tag', name]),
        ...(build.platforms.length === 0 ? [] : ['--platform', build.platforms.map(formatPlatform).join(',')]),
        ...Object.entries(build.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
        ...Object.entries(build.buildArguments).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
    ];
    if (engine.buildx) {
        return [['buildx', 'build', '--progress=plain', '--provenance=false', '--push', ...common, build.context]];
    }
    return [['build', ...common, build.context], ...names.map((name) => ['push', name])];
}
/**
 * Builds and pushes.
 * @returns the digest for which every tag stands in the registry
 * @throws ToolError DOCKER_… with docker's own words; ServiceError; VerificationError IMAGE_TAG_MISMATCH
 */
async function buildWithDocker(build, engine, registries, ports) {
    for (const { username, password } of build.logins) {
        ports.secrets.register(password);
        ports.secrets.register(`${username}:${password}`);
    }
    const config = writeClientConfig(build.logins, await ports.files.privateFolder('docker-config'), ports.job);
    const env = {
        ...(config !== undefined && { DOCKER_CONFIG: config }),
        // Clients from 23 on need buildx for it; older ones speak to BuildKit themselves.
        ...(!engine.buildx && { DOCKER_BUILDKIT: Number.parseInt(engine.clientVersion, 10) < 23 ? '1' : '0' }),
        BUILDKIT_PROGRESS: 'plain',
    };
    const announced = new Set();
    for (const args of dockerCommands(build, engine)) {
        ports.log.info(`docker ${args.slice(0, 2).join(' ')} …`);
        const result = await ports.exec.run({
            command: 'docker',
            args,
            env,
            timeoutMs: build.timeoutMs,
            onLine: (line) => {
                if (line.trim() !== '')
                    ports.log.info(line);
            },
        });
        if (result.exitCode !== 0)
            throw failed(build, args, result);
        for (const digest of announcedDigests(`${result.stdout}\n${result.stderr}`))
            announced.add(digest);
    }
    return { digest: await pushedDigest(build, announced, registries) };
}
function failed(build, args, { stdout, stderr, exitCode }) {
    const output = `${stdout}\n${stderr}`;
    const { code, message, line } = diagnoseDocker(output);
    return new base_errors/* ToolError */.v4(code, `docker ${args[0] === 'push' ? 'push' : 'build'} failed: ${message}`, {
        command: ['docker', ...args],
        exitCode,
        evidence: (0,base_text/* tail */.RT)(output, 40),
        ...(line !== undefined && { location: { file: build.shownDockerfile, line } }),
    });
}
/** What docker says that it has pushed: `docker push` at its end, BuildKit in its progress. */
function announcedDigests(output) {
    const lines = /(?:^\S+: digest: |pushing manifest for \S+@)(sha256:[0-9a-f]{64})/gm;
    return [...output.matchAll(lines)].flatMap(([, digest]) => digest ?? []);
}
/** The local image's digest is another one than the registry's: only the registry knows what others will pull. */
async function pushedDigest({ target, tags }, announced, registries) {
    const repository = registries.repository(target, 'pull,push');
    const found = await Promise.all(tags.map(async (tag) => ({ tag, digest: (await repository.manifest(tag))?.digest })));
    const digest = found[0]?.digest;
    const other = found.find((entry) => entry.digest !== digest);
    if (digest === undefined || other !== undefined) {
        const { tag, digest: names } = other ?? found[0] ?? { tag: '', digest: undefined };
        throw new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_TAG_MISMATCH, `docker reported success, and ${repository.fullName}:${tag} ${names === undefined ? 'is not in the registry' : `names ${names} instead of ${digest ?? ''}`}`);
    }
    // A tag that an earlier build left would answer, too.
    if (announced.size > 0 && !announced.has(digest)) {
        throw new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_TAG_MISMATCH, `docker pushed ${[...announced].join(', ')}, and ${repository.fullName}:${tags[0] ?? ''} names ${digest}`);
    }
    return digest;
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/image-label.ts
/** The label by which an image says which carbon applications it holds, so that a rollout can be held to it. */
/** The key of the label. */
const carbonApplicationsLabel = 'io.wso2-delivery.carbon-applications';
/** The label's value: JSON, sorted by name and version, so that the same applications give the same image. */
function formatCarbonApplications(applications) {
    const sorted = [...applications].sort((a, b) => image_label_compare(a.name, b.name) || image_label_compare(a.version, b.version));
    return JSON.stringify(sorted.map(({ name, version }) => ({ name, version })));
}
function image_label_compare(one, other) {
    return one < other ? -1 : one > other ? 1 : 0;
}
/** Reads the label's value; undefined when it is not one. */
function parseCarbonApplications(value) {
    let parsed;
    try {
        parsed = JSON.parse(value);
    }
    catch {
        return undefined;
    }
    if (!Array.isArray(parsed))
        return undefined;
    const applications = parsed.map(image_label_nameOf);
    return applications.every((application) => application !== undefined) ? applications : undefined;
}
function image_label_nameOf(value) {
    if (typeof value !== 'object' || value === null || !('name' in value) || !('version' in value))
        return undefined;
    const { name, version } = value;
    return typeof name === 'string' && name !== '' && typeof version === 'string' ? { name, version } : undefined;
}

;// CONCATENATED MODULE: ./actions/build-mi/src/image-labels.ts

function namesOf(applications) {
    return applications.map(({ car }) => ({ name: car.name, version: car.version }));
}
/** @param named everything that MI will activate */
function imageLabels(applications, named, base, created, ports) {
    return {
        ...imageAnnotations(applications, base, created, ports),
        [carbonApplicationsLabel]: formatCarbonApplications(named),
    };
}
/** Those keys of the specification (org.opencontainers.image.…) whose values are known. */
function imageAnnotations(applications, base, created, { job }) {
    const [only, ...others] = applications;
    const single = others.length === 0 ? only?.car : undefined;
    const source = job.repository === undefined ? undefined : `${job.serverUrl}/${job.repository}`;
    const values = {
        title: single?.name,
        version: single?.version,
        description: applications.length === 0
            ? undefined
            : `Micro Integrator with ${applications.map(({ car }) => `${car.name} ${car.version}`).join(', ')}`,
        // The epoch stands for "not said": then there is no time worth telling.
        created: created.getTime() === 0 ? undefined : created.toISOString(),
        revision: job.sha,
        source,
        url: source,
        'base.name': base?.reference,
        'base.digest': base?.resolved.digest,
    };
    return Object.fromEntries(Object.entries(values)
        .filter((entry) => entry[1] !== undefined)
        .map(([key, value]) => [`org.opencontainers.image.${key}`, value]));
}

;// CONCATENATED MODULE: ./actions/build-mi/src/docker-image.ts
/** `image-builder: docker`, and what `auto` hands to docker. */









/**
 * Asks whether docker is there, and whether docker can do what the inputs ask for.
 * @param needs the instructions that need it; empty when the workflow wants it
 * @throws InputError DOCKERFILE_UNSUPPORTED, DOCKER_UNAVAILABLE, INPUT_INVALID
 */
async function prepareDocker(request, needs, ports) {
    const file = request.dockerfile?.build.file ?? 'Dockerfile';
    const engine = await findDocker(ports);
    if (typeof engine === 'string') {
        if (needs.length === 0) {
            throw new base_errors/* InputError */.dz(oci_codes_codes.DOCKER_UNAVAILABLE, [
                { subject: 'image-builder', problem: `is docker, and ${engine}` },
            ]);
        }
        throw new base_errors/* InputError */.dz(codes_codes.DOCKERFILE_UNSUPPORTED, needs.map(({ line, instruction, why }) => ({
            subject: file,
            problem: `line ${line} ${why} (${instruction}), which needs docker, and ${engine}`,
            location: { file, line },
        })));
    }
    const problems = problemsWithDocker(request);
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
    const reason = needs.map(({ line, why }) => `line ${line} ${why}`).join(', ');
    ports.log.info(`docker ${engine.version} builds the image${reason === '' ? '' : `: ${file} ${reason}`}`);
    return { engine, registries: openRegistries(ports, { logins: request.logins, ca: request.ca }) };
}
function problemsWithDocker(request) {
    const useless = [
        ['files', request.files.length > 0, 'is not for docker: copy the files in the Dockerfile'],
        ['deployment-toml', request.ownDeploymentToml !== undefined, 'is not for docker: copy the file in the Dockerfile'],
        ['base-image', request.ownBase, 'is not for docker: FROM of the Dockerfile says it, an ARG can make it variable'],
        ['push', !request.push, 'is false, and the digest of what docker builds is known only in the registry'],
        ['tags', request.tags.length === 0, 'is empty, and docker pushes by tag'],
    ];
    return useless.flatMap(([subject, given, problem]) => (given ? [{ subject, problem }] : []));
}
/** @throws ToolError DOCKER_…; ServiceError; VerificationError IMAGE_TAG_MISMATCH */
async function makeWithDocker(request, { engine, registries }, applications, ports) {
    const { dockerfile, target, tags, platforms, buildArguments, logins } = request;
    if (dockerfile === undefined) {
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'dockerfile', problem: 'is needed for docker' }]);
    }
    const created = creationTime(ports.job.variable('SOURCE_DATE_EPOCH'));
    const chosen = platforms === 'all' ? [] : platforms;
    const { digest } = await ports.log.group('docker build', () => buildWithDocker({
        dockerfile: dockerfile.path,
        shownDockerfile: dockerfile.build.file,
        context: dockerfile.folder,
        target,
        tags,
        platforms: chosen,
        labels: { ...imageLabels(applications, namesOf(applications), undefined, created, ports), ...request.labels },
        buildArguments,
        logins,
        timeoutMs: request.timeoutMs,
    }, engine, registries, ports));
    return {
        builder: 'docker',
        repository: `${target.registry}/${target.repository}`,
        digest,
        tags,
        platforms: chosen.map(formatPlatform),
        pushed: true,
        base: dockerfile.build.build.base,
        baseDigest: undefined,
        bytesUploaded: undefined,
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/syntax.ts
/** The text of a Dockerfile as a list of instructions: directives, comments and continuation lines dealt with. */


/** A Dockerfile is a page of text; what is larger is something else. */
const MAX_DOCKERFILE_BYTES = 1024 * 1024;
const WORDS = new Set([
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'ENTRYPOINT',
    'ENV',
    'EXPOSE',
    'FROM',
    'HEALTHCHECK',
    'LABEL',
    'MAINTAINER',
    'ONBUILD',
    'RUN',
    'SHELL',
    'STOPSIGNAL',
    'USER',
    'VOLUME',
    'WORKDIR',
]);
const TAKES_HEREDOC = new Set(['ADD', 'COPY', 'RUN']);
/**
 * Reads a Dockerfile.
 * @param file how it is called in messages, relative to the workspace
 * @throws InputError DOCKERFILE_INVALID with every line that is no instruction
 */
function parseDockerfile(text, file) {
    const problems = [];
    const wrong = (line, problem) => problems.push({ subject: file, problem: `line ${line} ${problem}`, location: { file, line } });
    if (Buffer.byteLength(text) > MAX_DOCKERFILE_BYTES) {
        throw new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_INVALID, [{ subject: file, problem: 'is larger than 1 MiB' }]);
    }
    const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
    const { escape, syntax } = directivesOf(lines, wrong);
    const continues = escape === '\\' ? /(^|[^\\])\\[ \t]*$/ : /(^|[^`])`[ \t]*$/;
    const instructions = [];
    for (let at = 0; at < lines.length; at += 1) {
        const first = lines[at] ?? '';
        if (isComment(first) || first.trim() === '')
            continue;
        const line = at + 1;
        let joined = '';
        let part = first;
        while (continues.test(part)) {
            joined += part.replace(continues, '$1');
            part = '';
            // Comments and empty lines between continuation lines are no part of the instruction.
            do
                part = lines[(at += 1)] ?? '';
            while (at < lines.length && (isComment(part) || part.trim() === ''));
        }
        joined += part;
        const [, word = '', tail = ''] = /^\s*(\S+)(?:\s+([\s\S]*))?$/.exec(joined) ?? [];
        const { flags, rest } = flagsOf(tail.trim());
        const name = word.toUpperCase();
        if (!WORDS.has(name)) {
            wrong(line, `has the unknown instruction ${word}`);
            continue;
        }
        const documents = TAKES_HEREDOC.has(name) ? heredocsOf(rest) : [];
        for (const { end, tabs } of documents) {
            do
                at += 1;
            while (at < lines.length && (tabs ? (lines[at] ?? '').replace(/^\t+/, '') : lines[at]) !== end);
            if (at >= lines.length)
                wrong(line, `has a here-document without its end ${end}`);
        }
        if (rest === '')
            wrong(line, `has ${name} without any argument`);
        instructions.push({ line, word: name, flags, rest, heredoc: documents.length > 0 });
    }
    if (instructions.length === 0 && problems.length === 0)
        problems.push({ subject: file, problem: 'is empty' });
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_INVALID, problems);
    return { escape, syntax, instructions };
}
function isComment(line) {
    return /^\s*#/.test(line);
}
/** Directives stand at the top: the first comment that is none, blank line or instruction ends them. */
function directivesOf(lines, wrong) {
    const found = new Map();
    for (const [index, line] of lines.entries()) {
        const [, name, value = ''] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
        const key = name?.toLowerCase();
        if (key === undefined || !['escape', 'syntax', 'check'].includes(key))
            break;
        if (found.has(key))
            wrong(index + 1, `gives the directive ${key} a second time`);
        if (key === 'escape' && value !== '\\' && value !== '`') {
            wrong(index + 1, `has the escape ${value}, which is neither \\ nor \``);
        }
        found.set(key, value);
    }
    return { escape: found.get('escape') === '`' ? '`' : '\\', syntax: found.get('syntax') };
}
function flagsOf(tail) {
    const flags = {};
    let rest = tail;
    for (;;) {
        const match = /^--([a-z][a-z0-9-]*)(?:=(\S*))?(?:\s+|$)/.exec(rest);
        if (match === null)
            return { flags, rest };
        flags[match[1] ?? ''] = match[2] ?? '';
        rest = rest.slice(match[0].length);
    }
}
function heredocsOf(rest) {
    return [...rest.matchAll(/(?:^|\s)\d*<<(-?)(["']?)([^\s"'<]+)\2(?=\s|$)/g)].map(([, dash, , end = '']) => ({
        end,
        tabs: dash === '-',
    }));
}
/** The JSON form of an argument list; undefined when the text is not one, and is then read as shell form. */
function jsonList(rest) {
    if (!rest.startsWith('['))
        return undefined;
    try {
        const list = JSON.parse(rest);
        return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/words.ts
/** A word that cannot be read; the message completes "line 3 …". */
class WordError extends Error {
}
/** What only a real shell-like engine knows (pattern removal, replacement): left to docker. */
class WordNeedsDocker extends Error {
}
/**
 * A word with its variables filled in, its quotes and escapes removed. Unknown variables are empty.
 * @throws WordError, WordNeedsDocker
 */
function expandWord(text, variables, escape) {
    const reader = new Reader(text, variables, escape);
    const result = reader.read(undefined);
    return result;
}
class Reader {
    #text;
    #variables;
    #escape;
    #at = 0;
    constructor(text, variables, escape) {
        this.#text = text;
        this.#variables = variables;
        this.#escape = escape;
    }
    /** Up to `stop`, which is consumed, or to the end of the text. */
    read(stop) {
        let result = '';
        for (;;) {
            const char = this.#text[this.#at];
            if (char === undefined) {
                if (stop !== undefined)
                    throw new WordError(`has a \${ without its }: ${this.#text}`);
                return result;
            }
            if (char === stop) {
                this.#at += 1;
                return result;
            }
            if (char === "'")
                result += this.#single();
            else if (char === '"')
                result += this.#double();
            else if (char === '$')
                result += this.#variable();
            else if (char === this.#escape) {
                result += this.#text[this.#at + 1] ?? this.#escape;
                this.#at += 2;
            }
            else {
                result += char;
                this.#at += 1;
            }
        }
    }
    #single() {
        const end = this.#text.indexOf("'", this.#at + 1);
        if (end < 0)
            throw new WordError(`has a ' without its end: ${this.#text}`);
        const inside = this.#text.slice(this.#at + 1, end);
        this.#at = end + 1;
        return inside;
    }
    #double() {
        let result = '';
        this.#at += 1;
        for (;;) {
            const char = this.#text[this.#at];
            if (char === undefined)
                throw new WordError(`has a " without its end: ${this.#text}`);
            if (char === '"') {
                this.#at += 1;
                return result;
            }
            if (char === '$') {
                result += this.#variable();
                continue;
            }
            const next = this.#text[this.#at + 1];
            if (char === this.#escape && (next === '"' || next === '$' || next === this.#escape)) {
                result += next;
                this.#at += 2;
            }
            else {
                result += char;
                this.#at += 1;
            }
        }
    }
    #variable() {
        this.#at += 1;
        if (this.#text[this.#at] !== '{') {
            const name = this.#name();
            return name === '' ? '$' : (this.#variables.get(name) ?? '');
        }
        this.#at += 1;
        const name = this.#name();
        if (name === '')
            throw new WordError(`has a variable without a name: ${this.#text}`);
        const value = this.#variables.get(name);
        const modifier = this.#text[this.#at];
        if (modifier === '}') {
            this.#at += 1;
            return value ?? '';
        }
        const colon = modifier === ':';
        if (colon)
            this.#at += 1;
        const operator = this.#text[this.#at];
        if (operator === undefined)
            throw new WordError(`has a \${ without its }: ${this.#text}`);
        if (operator !== '-' && operator !== '+' && operator !== '?') {
            throw new WordNeedsDocker(`uses \${${name}${colon ? ':' : ''}${operator}…}`);
        }
        this.#at += 1;
        const word = this.read('}');
        const given = value !== undefined && !(colon && value === '');
        if (operator === '-')
            return given ? value : word;
        if (operator === '+')
            return given ? word : '';
        if (!given)
            throw new WordError(`needs a value for ${name}${word === '' ? '' : `: ${word}`}`);
        return value;
    }
    #name() {
        const [name = ''] = /^(?:[a-zA-Z_][a-zA-Z0-9_]*|[0-9]+|[@*#?!-])/.exec(this.#text.slice(this.#at)) ?? [];
        this.#at += name.length;
        return name;
    }
}
/** Splits at blanks that are neither quoted nor escaped; quotes and escapes stay in the words. */
function splitQuoted(text, escape) {
    const words = [];
    let word;
    let quote;
    for (let at = 0; at < text.length; at += 1) {
        const char = text.charAt(at);
        if (quote === undefined && /\s/.test(char)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
            continue;
        }
        word = (word ?? '') + char;
        if (char === escape && quote !== "'") {
            at += 1;
            word += text.charAt(at);
        }
        else if (quote === undefined && (char === '"' || char === "'"))
            quote = char;
        else if (char === quote)
            quote = undefined;
    }
    return word === undefined ? words : [...words, word];
}
/** Splits at blanks alone, as the argument lists of COPY, EXPOSE and VOLUME are. */
function splitBlanks(text) {
    return text.split(/[\t\v\f\r ]+/).filter((word) => word !== '');
}
/**
 * The pairs of ENV and LABEL, not yet expanded: `a=1 b="2 3"`, or the old form `a 1 and the rest`.
 * @throws WordError
 */
function pairsOf(rest, escape) {
    const words = splitQuoted(rest, escape);
    const [first = ''] = words;
    if (!first.includes('=')) {
        const [, name = '', value] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
        if (value === undefined)
            throw new WordError(`has ${first} without a value`);
        return [[name, value]];
    }
    return words.map((word) => {
        const equals = word.indexOf('=');
        if (equals < 1)
            throw new WordError(`has ${word}, which is not name=value`);
        return [word.slice(0, equals), word.slice(equals + 1)];
    });
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/container-config.ts


const DEFAULT_SHELL = ['/bin/sh', '-c'];
/** The list of CMD or ENTRYPOINT; the shell form is wrapped in the image's shell. */
function commandOf(rest, { Shell: shell }) {
    return jsonList(rest) ?? [...((shell ?? []).length > 0 ? (shell ?? []) : DEFAULT_SHELL), rest];
}
/** @throws WordError */
function healthcheckOf({ rest, flags }) {
    const [, kind = '', command = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
    if (kind.toUpperCase() === 'NONE' && command === '')
        return { Test: ['NONE'] };
    if (kind.toUpperCase() !== 'CMD' || command === '') {
        throw new WordError(`has HEALTHCHECK ${rest}, which is neither CMD with a command nor NONE`);
    }
    const list = jsonList(command);
    const times = {
        Interval: nanoseconds('interval', flags),
        Timeout: nanoseconds('timeout', flags),
        StartPeriod: nanoseconds('start-period', flags),
        StartInterval: nanoseconds('start-interval', flags),
        Retries: retriesOf(flags.retries),
    };
    return {
        Test: list === undefined ? ['CMD-SHELL', command] : ['CMD', ...list],
        ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined && value !== 0)),
    };
}
const UNITS = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
function nanoseconds(flag, flags) {
    const text = flags[flag];
    if (text === undefined || text === '' || text === '0')
        return text === undefined ? undefined : 0;
    const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
    if (parts.map(([part]) => part).join('') !== text) {
        throw new WordError(`has --${flag}=${text}, which is no duration like 30s or 1m30s`);
    }
    const total = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
    if (total !== 0 && total < 1e6)
        throw new WordError(`has --${flag}=${text}, less than a millisecond`);
    return Math.round(total);
}
function retriesOf(text) {
    if (text === undefined)
        return undefined;
    if (!/^\d+$/.test(text))
        throw new WordError(`has --retries=${text}, which is no number`);
    return Number(text);
}
/** `80`, `80/udp`, `8000-8002`: the keys of ExposedPorts. @throws WordError */
function portsOf(words) {
    return words.flatMap((word) => {
        const [, from = '', to = from, protocol = 'tcp'] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-zA-Z]+))?$/.exec(word) ?? [];
        const [first, last] = [Number(from), Number(to)];
        const known = ['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase());
        if (from === '' || first > last || last > 65_535 || !known) {
            throw new WordError(`exposes ${word}, which is no port`);
        }
        return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol.toLowerCase()}`);
    });
}
/** The environment with a variable set: in its place when it is there, else at the end. */
function withVariable(env, name, value) {
    const pair = `${name}=${value}`;
    const index = env.findIndex((item) => item.split('=')[0] === name);
    return index < 0 ? [...env, pair] : env.with(index, pair);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/tree.ts
/** The file system of an image while it is built: what the base has, what was added, what the open layer holds. */

/** Thrown where a plan needs to know what only the layers of the base tell. */
class BaseUnknown extends Error {
    /** The path or name that is asked for. */
    asked;
    constructor(asked) {
        super(`only the layers of the base image tell about ${asked}`);
        this.asked = asked;
    }
}
/** What cannot be put where it should go; the message completes "line 3 …". */
class TreeError extends Error {
}
const ROOT = { type: 'directory', uid: 0, gid: 0, mode: 0o755 };
const tree_MAX_LINKS = 40;
class Tree {
    #base;
    #added = new Map();
    #layer = new Map();
    constructor(base) {
        this.#base = base;
    }
    entry(path) {
        return path === '/' ? ROOT : (this.#added.get(path) ?? this.#base.entry(path));
    }
    /** The path with every link on the way followed, inside the image; what does not exist stays as it is. */
    resolve(path) {
        const waiting = path.split('/').filter((part) => part !== '');
        let real = '/';
        for (let links = 0; waiting.length > 0;) {
            const part = waiting.shift() ?? '';
            const next = external_node_path_.posix.join(real, part);
            const entry = this.entry(next);
            if (entry?.type !== 'symlink') {
                real = next;
                continue;
            }
            links += 1;
            if (links > tree_MAX_LINKS)
                throw new TreeError(`leads in a circle at ${next}`);
            const target = entry.target ?? '';
            waiting.unshift(...external_node_path_.posix
                .resolve(real, target)
                .split('/')
                .filter((name) => name !== ''));
            real = '/';
        }
        return real;
    }
    /** Makes a directory and those above it, 0755, where they are missing. Gives the path with links followed. */
    makeDirectories(path, owner) {
        const real = this.resolve(path);
        const parts = real.split('/').filter((part) => part !== '');
        for (let depth = 1; depth <= parts.length; depth += 1) {
            const level = `/${parts.slice(0, depth).join('/')}`;
            const entry = this.entry(level);
            if (entry === undefined)
                this.put(level, { ...owner, type: 'directory', mode: 0o755 });
            else if (entry.type !== 'directory')
                throw new TreeError(`needs the folder ${level}, which is a file in the image`);
        }
        return real;
    }
    put(path, entry) {
        const there = this.entry(path);
        if (there !== undefined && (there.type === 'directory') !== (entry.type === 'directory')) {
            const [now, wanted] = entry.type === 'directory' ? ['a file', 'a folder'] : ['a folder', 'a file'];
            throw new TreeError(`cannot put ${wanted} at ${path}, which is ${now} in the image`);
        }
        this.#added.set(path, entry);
        this.#layer.set(path, entry);
    }
    /**
     * Ends the open layer. Its entries in the order in which they are written, with one for every directory on the way:
     * a layer that leaves it out makes the directory root's. Empty when nothing was added.
     */
    closeLayer() {
        const all = new Map(this.#layer);
        for (const path of this.#layer.keys()) {
            for (let above = external_node_path_.posix.dirname(path); above !== '/'; above = external_node_path_.posix.dirname(above)) {
                const entry = this.entry(above);
                if (entry !== undefined)
                    all.set(above, entry);
            }
        }
        this.#layer = new Map();
        return [...all]
            .map(([path, { type, uid, gid, mode, target, content }]) => {
            if (type === 'other')
                throw new TreeError(`goes through ${path}, which is no folder in the image`);
            return {
                name: type === 'directory' ? `${path.slice(1)}/` : path.slice(1),
                type,
                uid,
                gid,
                mode,
                ...(content !== undefined && { content }),
                ...(target !== undefined && { target }),
            };
        })
            .sort((a, b) => (a.name < b.name ? -1 : 1));
    }
    user(name) {
        return this.#base.user(name);
    }
    group(name) {
        return this.#base.group(name);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/copy.ts
/** COPY and ADD of local files: what goes where, with which owner and mode. As BuildKit does it. */



/**
 * Carries the order out on the tree. @throws TreeError; InputError DOCKERFILE_CONTEXT_REFUSED; BaseUnknown; SyntaxError
 * of a malformed pattern
 */
function copyIntoTree(order, context, tree) {
    const matches = order.sources.map((source) => {
        const found = matchSource(context, source);
        if (found.length === 0)
            throw new TreeError(`copies ${source}, and the build context has no such file`);
        return found;
    });
    const all = matches.flat();
    if (all.length > 1 && !order.destination.endsWith('/')) {
        throw new TreeError(`copies ${all.length} files (${all.slice(0, 3).join(', ')}) to ${order.destination}, which needs a / at its end`);
    }
    for (const source of all)
        copyOne(source, order, context, tree);
}
function copyOne(source, order, context, tree) {
    const { destination, owner } = order;
    tree.makeDirectories(destination.endsWith('/') ? destination : external_node_path_.posix.dirname(destination), owner);
    const followed = followLinks(context, source);
    const entry = followed === undefined ? undefined : context.entry(followed);
    if (followed === undefined || entry === undefined)
        throw new TreeError(`copies ${source}, a link that leads nowhere`);
    let target = tree.resolve(destination);
    const there = tree.entry(target);
    if (entry.type !== 'directory') {
        if (there?.type === 'directory')
            target = tree.resolve(external_node_path_.posix.join(target, external_node_path_.posix.basename(source)));
    }
    else if (there === undefined) {
        // The folder that a directory's contents go to is a new one; its own mode is not taken over.
        tree.makeDirectories(target, owner);
    }
    else if (there.type !== 'directory') {
        throw new TreeError(`copies the folder ${source} to ${target}, which is a file in the image`);
    }
    copyEntry(followed, target, order, context, tree, true);
}
function copyEntry(source, target, order, context, tree, top) {
    const entry = context.entry(source);
    if (entry === undefined)
        return;
    const { uid, gid } = order.owner;
    const mode = order.mode ?? entry.mode;
    if (external_node_path_.posix.basename(target).startsWith('.wh.')) {
        throw new TreeError(`copies ${source}, a name that layers use for deletions`);
    }
    if (entry.type === 'file') {
        tree.put(target, { type: 'file', uid, gid, mode, content: context.content(source) });
    }
    else if (entry.type === 'symlink') {
        checkLink(source, entry.target ?? '');
        tree.put(target, { type: 'symlink', uid, gid, mode: 0o777, target: entry.target ?? '' });
    }
    else if (entry.type === 'directory') {
        if (!top)
            tree.put(target, { type: 'directory', uid, gid, mode });
        for (const name of context.names(source)) {
            copyEntry(external_node_path_.posix.join(source, name), external_node_path_.posix.join(target, name), order, context, tree, false);
        }
    }
    else {
        throw new TreeError(`copies ${source}, which is neither a file nor a folder`);
    }
}
/** Whether ADD would unpack the file: a tar, plain or compressed. What is compressed is taken for one. */
function isArchive(context, path) {
    const real = followLinks(context, path);
    if (real === undefined || context.entry(real)?.type !== 'file')
        return false;
    const head = context.head(real, 512);
    const starts = (...bytes) => head.subarray(0, bytes.length).equals(Buffer.from(bytes));
    const compressed = starts(0x1f, 0x8b) ||
        starts(0x42, 0x5a, 0x68) ||
        starts(0xfd, 0x37, 0x7a, 0x58, 0x5a) ||
        starts(0x28, 0xb5, 0x2f, 0xfd);
    return compressed || isTarHeader(head);
}
/** POSIX and old tar alike: the sum of the header's bytes, its own field counted as blanks, stands in the header. */
function isTarHeader(head) {
    if (head.length < 512)
        return false;
    const written = Number.parseInt(head
        .toString('latin1', 148, 156)
        .replace(/[\0 ]+/g, ' ')
        .trim(), 8);
    const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    return written === sum;
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/stages.ts
/** The stages of a Dockerfile: the last one counts, with the stages it stands on. */




/** @throws InputError DOCKERFILE_INVALID */
function planBuild(text, file, { buildArguments = {}, platform } = {}) {
    const needsDocker = [];
    const meta = new Map(Object.entries(platformArguments(platform)));
    const stages = [];
    for (const instruction of text.instructions) {
        const current = stages.at(-1);
        if (instruction.word === 'FROM') {
            stages.push(stageOf(instruction, meta, text.escape, file));
        }
        else if (current !== undefined) {
            current.instructions.push(instruction);
        }
        else if (instruction.word === 'ARG') {
            for (const word of splitQuoted(instruction.rest, text.escape)) {
                const [name = '', ...value] = word.split('=');
                const given = buildArguments[name] ??
                    (value.length === 0 ? undefined : expand(value.join('='), meta, text.escape, file, instruction));
                if (given !== undefined)
                    meta.set(name, given);
            }
        }
        else {
            throw stages_invalid(file, instruction.line, `has ${instruction.word} in front of the first FROM`);
        }
    }
    const chain = [];
    for (let stage = stages.at(-1); stage !== undefined;) {
        chain.unshift(stage);
        const { base } = stage;
        const index = stages.indexOf(stage);
        stage = stages.slice(0, index).findLast(({ name }, at) => name === base.toLowerCase() || String(at) === base);
    }
    const [first] = chain;
    if (first === undefined)
        throw new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_INVALID, [{ subject: file, problem: 'has no FROM' }]);
    if (text.syntax !== undefined && !/^(docker\.io\/)?docker\/dockerfile(:1([.-]\S*)?)?$/.test(text.syntax)) {
        needsDocker.push({ line: 1, instruction: `# syntax=${text.syntax}`, why: 'asks for another frontend' });
    }
    for (const { from, instructions } of chain) {
        for (const instruction of [from, ...instructions]) {
            const why = whyDocker(instruction);
            if (why !== undefined)
                needsDocker.push({ ...needOf(instruction), why });
        }
    }
    return {
        file,
        escape: text.escape,
        base: first.base === '' ? undefined : first.base,
        line: first.from.line,
        stages: chain.map(({ instructions }) => instructions),
        metaArguments: meta,
        needsDocker,
    };
}
/** Arguments that BuildKit gives without being asked. */
function platformArguments(platform) {
    if (platform === undefined)
        return {};
    const { os, architecture, variant = '' } = platform;
    return { TARGETPLATFORM: formatPlatform(platform), TARGETOS: os, TARGETARCH: architecture, TARGETVARIANT: variant };
}
function stageOf(from, meta, escape, file) {
    const [image = '', as, name, ...more] = splitQuoted(from.rest, escape);
    if (more.length > 0 || (as !== undefined && (as.toUpperCase() !== 'AS' || name === undefined))) {
        throw stages_invalid(file, from.line, `has FROM ${from.rest}, which is not FROM image [AS name]`);
    }
    const base = expand(image, meta, escape, file, from);
    return { from, base, name: name?.toLowerCase(), instructions: [] };
}
function expand(text, variables, escape, file, { line }) {
    try {
        return expandWord(text, variables, escape);
    }
    catch (error) {
        if (!(error instanceof WordError || error instanceof WordNeedsDocker))
            throw error;
        throw stages_invalid(file, line, error.message);
    }
}
/** Flags that are understood; others change what an instruction does. */
const KNOWN_FLAGS = {
    COPY: ['chown', 'chmod'],
    ADD: ['chown', 'chmod'],
    HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
    FROM: ['platform'],
};
function whyDocker({ word, flags, rest, heredoc }) {
    if (word === 'RUN')
        return 'runs a command';
    if (word === 'ONBUILD')
        return 'is for the images built on this one';
    if (heredoc)
        return 'has a here-document';
    if (flags.from !== undefined)
        return 'copies from another stage or image';
    const unknown = Object.keys(flags).find((flag) => !(KNOWN_FLAGS[word] ?? []).includes(flag));
    if (unknown !== undefined)
        return `uses --${unknown}`;
    if (word === 'FROM' && flags.platform !== undefined && !/^\$\{?TARGETPLATFORM\}?$/.test(flags.platform)) {
        return 'fixes a platform';
    }
    if (word === 'FROM' && /^scratch(\s|$)/.test(rest))
        return 'starts from nothing';
    return word === 'ADD' && /(^|[\s"])((https?|ftp|git|ssh):\/\/|git@)/.test(rest) ? 'downloads' : undefined;
}
function needOf({ line, word, flags, rest }) {
    const written = Object.entries(flags).map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
    return { line, instruction: [word, ...written, rest].join(' ').slice(0, 120) };
}
function stages_invalid(file, line, problem) {
    return new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_INVALID, [
        { subject: file, problem: `line ${line} ${problem}`, location: { file, line } },
    ]);
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/evaluate.ts
/** Carries out a Dockerfile that executes nothing: instructions become layers and configuration. Pure but for the context. */








/**
 * Evaluates the build on its base.
 * @throws InputError DOCKERFILE_INVALID at the line, DOCKERFILE_CONTEXT_REFUSED; BaseUnknown when `base.files` knows
 * too little
 */
function evaluate(build, input) {
    const needs = [...build.needsDocker];
    const base = input.base.config.config ?? {};
    for (const trigger of base.OnBuild ?? []) {
        needs.push({ line: build.line, instruction: `ONBUILD ${trigger}`, why: 'is an instruction of the base image' });
    }
    if (needs.length > 0)
        return { kind: 'docker', needs };
    const evaluator = new Evaluator(build, input, base);
    for (const stage of build.stages) {
        evaluator.startStage();
        for (const instruction of stage) {
            try {
                evaluator.carryOut(instruction);
            }
            catch (error) {
                if (error instanceof WordNeedsDocker)
                    needs.push({ ...needOf(instruction), why: error.message });
                else if (error instanceof WordError || error instanceof TreeError || error instanceof SyntaxError) {
                    throw stages_invalid(build.file, instruction.line, error.message);
                }
                else
                    throw error;
            }
        }
    }
    return needs.length > 0 ? { kind: 'docker', needs } : evaluator.result();
}
class Evaluator {
    #build;
    #input;
    #tree;
    #steps = [];
    #config;
    #author;
    /** Variables by name: environment and arguments alike, the latest value wins. */
    #variables;
    #commandIsOwn = false;
    constructor(build, input, base) {
        this.#build = build;
        this.#input = input;
        this.#tree = new Tree(input.base.files);
        this.#config = base;
        this.#variables = new Map((base.Env ?? []).map((pair) => {
            const [name = '', ...value] = pair.split('=');
            return [name, value.join('=')];
        }));
    }
    /** Arguments stay known in a stage that stands on another. */
    startStage() {
        this.#commandIsOwn = false;
    }
    result() {
        return { kind: 'layers', steps: this.#steps, config: this.#config, author: this.#author };
    }
    carryOut(instruction) {
        const { word, rest } = instruction;
        switch (word) {
            case 'ARG':
                this.#arg(instruction);
                break;
            case 'ENV':
                this.#env(instruction);
                break;
            case 'LABEL':
                this.#label(instruction);
                break;
            case 'COPY':
            case 'ADD':
                this.#copy(instruction);
                break;
            case 'WORKDIR':
                this.#workdir(instruction);
                break;
            case 'USER':
                this.#set(instruction, { User: this.#word(rest) });
                break;
            case 'STOPSIGNAL':
                this.#set(instruction, { StopSignal: this.#word(rest) });
                break;
            case 'EXPOSE': {
                const ports = portsOf(this.#words(rest).flatMap(splitBlanks));
                this.#set(instruction, { ExposedPorts: added(this.#config.ExposedPorts, ports) });
                break;
            }
            case 'VOLUME': {
                const paths = this.#words(rest);
                if (paths.includes(''))
                    throw new WordError('has a volume without a path');
                this.#set(instruction, { Volumes: added(this.#config.Volumes, paths) });
                break;
            }
            case 'CMD': {
                const list = commandOf(rest, this.#config);
                this.#commandIsOwn = true;
                // Docker sets it with every CMD, whatever its form.
                this.#set(instruction, { Cmd: list, ArgsEscaped: true });
                break;
            }
            case 'ENTRYPOINT': {
                const list = commandOf(rest, this.#config);
                this.#set(instruction, { Entrypoint: list, ...(!this.#commandIsOwn && { Cmd: null }) });
                break;
            }
            case 'HEALTHCHECK':
                this.#set(instruction, { Healthcheck: healthcheckOf(instruction) });
                break;
            case 'SHELL': {
                const shell = jsonList(rest);
                if (shell === undefined || shell.length === 0)
                    throw new WordError('has SHELL, which takes a JSON list');
                this.#set(instruction, { Shell: shell });
                break;
            }
            case 'MAINTAINER':
                this.#author = rest;
                this.#set(instruction, {});
                break;
            default:
                throw new WordNeedsDocker('is not known');
        }
    }
    #set({ line, word, rest }, change) {
        this.#config = { ...this.#config, ...change };
        this.#step(line, `${word} ${rest}`, []);
    }
    #step(line, createdBy, entries) {
        this.#steps.push({ line, createdBy, entries });
    }
    #word(text) {
        return expandWord(text, this.#variables, this.#build.escape);
    }
    /** A JSON list or words between blanks, each filled in. */
    #words(rest) {
        return (jsonList(rest) ?? splitBlanks(rest)).map((word) => this.#word(word));
    }
    #arg({ line, rest }) {
        for (const word of splitQuoted(rest, this.#build.escape)) {
            const [name = '', ...value] = word.split('=');
            const given = this.#input.buildArguments?.[name];
            const fallback = value.length > 0 ? this.#word(value.join('=')) : this.#build.metaArguments.get(name);
            const decided = given ?? fallback;
            if (decided !== undefined)
                this.#variables.set(name, decided);
        }
        this.#step(line, `ARG ${rest}`, []);
    }
    #env(instruction) {
        // All of them are filled in with what was known before the instruction.
        const pairs = pairsOf(instruction.rest, this.#build.escape).map(([name, value]) => [this.#word(name), this.#word(value)]);
        let env = this.#config.Env ?? [];
        for (const [name, value] of pairs) {
            env = withVariable(env, name, value);
            this.#variables.set(name, value);
        }
        this.#set(instruction, { Env: env });
    }
    #label(instruction) {
        const labels = { ...this.#config.Labels };
        for (const [name, value] of pairsOf(instruction.rest, this.#build.escape))
            labels[this.#word(name)] = this.#word(value);
        this.#set(instruction, { Labels: labels });
    }
    #workdir({ line, rest }) {
        const path = external_node_path_.posix.resolve('/', this.#config.WorkingDir ?? '', this.#word(rest));
        if (this.#tree.entry(this.#tree.resolve(path))?.type !== 'directory') {
            this.#tree.makeDirectories(path, this.#owner(this.#config.User ?? ''));
        }
        this.#config = { ...this.#config, WorkingDir: path };
        this.#step(line, `WORKDIR ${path}`, this.#tree.closeLayer());
    }
    #copy(instruction) {
        const { line, word, flags, rest } = instruction;
        const words = this.#words(rest);
        const destination = words.at(-1) ?? '';
        const sources = words.slice(0, -1);
        if (sources.length === 0)
            throw new WordError(`has ${word} without a source and a destination`);
        const { context } = this.#input;
        if (word === 'ADD') {
            const archive = sources
                .flatMap((source) => matchSource(context, source))
                .find((path) => isArchive(context, path));
            if (archive !== undefined)
                throw new WordNeedsDocker(`unpacks ${archive}`);
        }
        const path = external_node_path_.posix.resolve('/', this.#config.WorkingDir ?? '', destination);
        const folder = destination === '' || destination === '.' || destination.endsWith('/');
        const chown = flags.chown === undefined ? '' : this.#word(flags.chown);
        copyIntoTree({
            sources,
            destination: folder && path !== '/' ? `${path}/` : path,
            owner: this.#owner(chown),
            mode: flags.chmod === undefined ? undefined : modeOf(this.#word(flags.chmod)),
        }, context, this.#tree);
        this.#step(line, `${word} ${sources.join(' ')} ${destination}`, this.#tree.closeLayer());
    }
    /** `user`, `user:group`, in names or numbers. Without a group: the user's own, or the number of the user. */
    #owner(text) {
        if (text === '' || text === 'root')
            return { uid: 0, gid: 0 };
        const [user = '', group] = text.split(':');
        const known = /^\d+$/.test(user) ? { uid: Number(user), gid: Number(user) } : this.#tree.user(user);
        if (known === undefined)
            throw new TreeError(`names the user ${user}, whom the base image does not have`);
        if (group === undefined || group === '')
            return known;
        const gid = /^\d+$/.test(group) ? Number(group) : this.#tree.group(group);
        if (gid === undefined)
            throw new TreeError(`names the group ${group}, which the base image does not have`);
        return { uid: known.uid, gid };
    }
}
function added(there, keys) {
    return { ...there, ...Object.fromEntries(keys.map((key) => [key, {}])) };
}
/** @throws WordNeedsDocker for the symbolic form, WordError */
function modeOf(text) {
    if (/^[ugoa]*[-+=]/.test(text))
        throw new WordNeedsDocker(`uses the mode ${text}`);
    if (!/^[0-7]{1,5}$/.test(text))
        throw new WordError(`has --chmod=${text}, which is no mode like 644`);
    // As docker: setuid, setgid and sticky bits are not set this way.
    return Number.parseInt(text, 8) & 0o777;
}
/** The history of the steps, as the image's configuration tells it. */
function historyOf(steps, created) {
    return steps.map(({ createdBy, entries }) => ({
        created: created.toISOString(),
        created_by: createdBy,
        ...(entries.length === 0 && { empty_layer: true }),
    }));
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/build.ts
/** From a Dockerfile to the layers and the configuration of every platform of its base. */












/**
 * Reads a Dockerfile and what of its folder is ignored (`<name>.dockerignore` beside it, else .dockerignore).
 * @param display how paths are called in messages
 * @throws InputError DOCKERFILE_INVALID
 */
function readDockerfileBuild(path, buildArguments, display, context = (0,external_node_path_.dirname)(path)) {
    const file = display(path);
    const text = parseDockerfile(build_readBounded(path, file), file);
    const ignoreFile = [`${path}.dockerignore`, (0,external_node_path_.join)(context, '.dockerignore')].find((candidate) => (0,external_node_fs_.statSync)(candidate, { throwIfNoEntry: false })?.isFile() === true);
    let ignore;
    if (ignoreFile !== undefined) {
        const shown = display(ignoreFile);
        try {
            ignore = parseDockerignore(build_readBounded(ignoreFile, shown));
        }
        catch (error) {
            if (!(error instanceof SyntaxError))
                throw error;
            throw new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_INVALID, [{ subject: shown, problem: error.message }], { cause: error });
        }
    }
    const build = planBuild(text, file, { buildArguments });
    return { text, file, context: openContext(context, ignore), buildArguments, build };
}
function build_readBounded(path, file) {
    let size;
    try {
        size = (0,external_node_fs_.statSync)(path).size;
        if (size <= MAX_DOCKERFILE_BYTES)
            return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (cause) {
        throw new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_INVALID, [{ subject: file, problem: `cannot be read: ${(0,base_errors/* messageOf */.bD)(cause)}` }], {
            cause,
        });
    }
    throw new base_errors/* InputError */.dz(oci_codes_codes.DOCKERFILE_INVALID, [{ subject: file, problem: `has ${size} bytes, more than 1 MiB` }]);
}
/**
 * Carries it out for every image. Equal layers are written once.
 * @param known what can be said about an image's files without reading its layers
 * @param read reads them
 * @throws InputError DOCKERFILE_INVALID and others
 */
async function buildPlatforms({ text, file, context, buildArguments }, images, { known, read, created, folder, }) {
    const built = [];
    const evaluations = [];
    const layers = new Map();
    for (const image of images) {
        const { platform, config } = image;
        const build = planBuild(text, file, { buildArguments, platform });
        const on = (files) => evaluate(build, { context, base: { config, files }, buildArguments });
        let evaluation;
        try {
            evaluation = on(known(image));
        }
        catch (error) {
            if (!(error instanceof BaseUnknown))
                throw error;
            evaluation = on(await read(image, error.asked));
        }
        if (evaluation.kind === 'docker')
            return evaluation;
        evaluations.push(evaluation);
        const own = [];
        for (const { entries, createdBy } of evaluation.steps) {
            if (entries.length === 0)
                continue;
            const layer = await packLayer(entries, { modified: created, description: createdBy }, folder);
            layers.set(layer.digest, layers.get(layer.digest) ?? layer);
            own.push(layer);
        }
        const history = historyOf(evaluation.steps, created);
        built.push(changeImage(image, { layers: own, config: evaluation.config, history, author: evaluation.author }));
    }
    return { kind: 'layers', images: built, layers: [...layers.values()], evaluations };
}

;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/known-files.ts
/** What is known about a base image without reading its layers; everything else has to be asked of them. */


function knownBaseFiles(known) {
    return {
        entry(path) {
            const directory = known.directories[path];
            if (directory !== undefined)
                return { type: 'directory', ...directory };
            const file = known.files[path];
            if (file !== undefined)
                return { type: 'file', ...file };
            if (known.open.includes(external_node_path_.posix.dirname(path)) && external_node_path_.posix.basename(path).includes('.'))
                return undefined;
            throw new BaseUnknown(path);
        },
        user: (name) => known.users[name] ?? unknown(`the user ${name}`),
        group: (name) => known.groups[name] ?? unknown(`the group ${name}`),
    };
}
function unknown(asked) {
    throw new BaseUnknown(asked);
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __nccwpck_require__(6466);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __nccwpck_require__(6118);
;// CONCATENATED MODULE: ./packages/shared/src/oci/dockerfile/layer-files.ts
/** The file system of a base image, read from its layers: names, owners and modes, and who its users are. */







/** No server image comes near it; a layer made to fill the memory does. */
const layer_files_MAX_ENTRIES = 1_000_000;
const MAX_ACCOUNTS_BYTES = 1024 * 1024;
const layer_files_PARALLEL = 3;
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
/**
 * Reads the names, not the contents, of everything in the image. Downloads all its layers.
 * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH, IMAGE_MANIFEST_INVALID
 */
async function readBaseFiles(image, source) {
    const layers = await inParallel(image.manifest.layers, layer_files_PARALLEL, (layer) => readLayer(layer, source));
    const entries = new Map();
    const accounts = new Map();
    for (const layer of layers) {
        for (const path of layer.opaque)
            removeBelow(entries, path);
        for (const path of layer.removed) {
            entries.delete(path);
            removeBelow(entries, path);
        }
        for (const [path, entry] of layer.entries) {
            if (entry.type !== 'directory' && entries.get(path)?.type === 'directory')
                removeBelow(entries, path);
            entries.set(path, entry);
        }
        for (const [path, text] of layer.accounts)
            accounts.set(path, text);
    }
    const users = entries.has('/etc/passwd') ? accountLines(accounts.get('/etc/passwd')) : [];
    const groups = entries.has('/etc/group') ? accountLines(accounts.get('/etc/group')) : [];
    return {
        entry: (path) => entries.get(path),
        user: (name) => {
            const [, , uid, gid] = users.find(([user]) => user === name) ?? [];
            return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
        },
        group: (name) => {
            const [, , gid] = groups.find(([group]) => group === name) ?? [];
            return gid === undefined ? undefined : Number(gid);
        },
    };
}
function removeBelow(entries, path) {
    for (const name of entries.keys())
        if (name.startsWith(`${path}/`))
            entries.delete(name);
}
function accountLines(text = '') {
    return text
        .split('\n')
        .map((line) => line.trim().split(':'))
        .filter(({ length }) => length > 2);
}
async function readLayer(layer, source) {
    const entries = new Map();
    const removed = [];
    const opaque = [];
    const accounts = new Map();
    const archive = (0,tar_stream.extract)();
    const reading = (async () => {
        for await (const file of archive) {
            const { header } = file;
            const path = `/${header.name
                .split('/')
                .filter((part) => part !== '' && part !== '.')
                .join('/')}`;
            if (entries.size + removed.length >= layer_files_MAX_ENTRIES)
                throw new Error(`has more than ${layer_files_MAX_ENTRIES} files`);
            const name = path.slice(path.lastIndexOf('/') + 1);
            const folder = path.slice(0, path.lastIndexOf('/'));
            if (name === OPAQUE)
                opaque.push(folder);
            else if (name.startsWith(WHITEOUT))
                removed.push(`${folder}/${name.slice(WHITEOUT.length)}`);
            else if (path !== '/') {
                entries.set(path, entryOf(header));
                if (path === '/etc/passwd' || path === '/etc/group')
                    accounts.set(path, await layer_files_textOf(file));
            }
            file.resume();
        }
    })();
    const content = external_node_stream_.Readable.from(source.streamBlob(layer));
    const unpack = layer.mediaType.endsWith('zstd') ? (0,external_node_zlib_namespaceObject.createZstdDecompress)() : (0,external_node_zlib_namespaceObject.createGunzip)();
    const plain = layer.mediaType.endsWith('tar');
    try {
        await Promise.all([plain ? (0,external_node_stream_promises_.pipeline)(content, archive) : (0,external_node_stream_promises_.pipeline)(content, unpack, archive), reading]);
    }
    catch (cause) {
        if (cause instanceof Error && 'code' in cause && 'kind' in cause)
            throw cause;
        const message = `layer ${layer.digest} of ${source.fullName} cannot be read: ${(0,base_errors/* messageOf */.bD)(cause)}`;
        throw new base_errors/* VerificationError */.mk(oci_codes_codes.IMAGE_MANIFEST_INVALID, message, { cause });
    }
    return { entries, removed, opaque, accounts };
}
function entryOf({ type, uid, gid, mode, linkname }) {
    const owner = { uid, gid, mode: mode & 0o7777 };
    if (type === 'directory')
        return { type, ...owner };
    if (type === 'symlink')
        return { type, ...owner, target: linkname };
    return { type: type === 'file' || type === 'link' || type === 'contiguous-file' ? 'file' : 'other', ...owner };
}
async function layer_files_textOf(file) {
    const parts = [];
    let size = 0;
    for await (const part of file) {
        size += part.length;
        if (size > MAX_ACCOUNTS_BYTES)
            throw new Error('has an /etc/passwd or /etc/group larger than 1 MiB');
        parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
}

;// CONCATENATED MODULE: ./actions/build-mi/src/dockerfile-image.ts
/** The image that a Dockerfile describes, made without docker, and proven to hold the applications of this build. */










/**
 * Carries the Dockerfile out on the base.
 * @throws InputError DOCKERFILE_INVALID and others; VerificationError IMAGE_CARS_DIFFER; ServiceError
 */
async function carryOutDockerfile({ folder: contextFolder, build }, base, applications, created, folder, { files, log }) {
    const cars = await reproducibleCars(applications, contextFolder);
    const source = base.registries.repository(base.resolved.reference, 'pull');
    const sources = new Map();
    const context = recorded(build.context, cars, sources);
    const built = await buildPlatforms({ ...build, context }, base.resolved.images, {
        known: () => knownBaseFiles(miFiles(base.image)),
        read: (image, asked) => {
            const size = image.manifest.layers.reduce((sum, layer) => sum + layer.size, 0);
            log.info(`The Dockerfile concerns ${asked} of the base: reading its layers (${(0,bytes/* formatBytes */.z)(size)})`);
            return readBaseFiles(image, source);
        },
        created,
        folder,
    });
    if (built.kind === 'docker')
        return built;
    const copied = carsOf(built, base.image.carbonapps);
    const others = await checkCars({ copied, sources, own: cars, dockerfile: build.file, carbonapps: base.image.carbonapps }, applications, contextFolder, files);
    return {
        ...built,
        applications: [...applications.map(({ car }) => ({ name: car.name, version: car.version })), ...others],
    };
}
/** The applications by their paths in the context, each as `carContent` makes it. */
async function reproducibleCars(applications, context) {
    const copies = await Promise.all(applications.map(async ({ file, entries }) => [
        (0,external_node_path_.relative)(context, file).replaceAll('\\', '/'),
        await carContent(entries),
    ]));
    return new Map(copies);
}
/** The context with other contents for some paths, and a record of where each content came from. */
function recorded(context, contents, sources) {
    return {
        ...context,
        content(path) {
            const content = contents.get(path) ?? context.content(path);
            sources.set(content, path);
            return content;
        },
    };
}
/** What the Dockerfile puts into the folder for carbon applications: name in the image and content. */
function carsOf({ evaluations }, carbonapps) {
    const entries = (evaluations[0]?.steps ?? []).flatMap((step) => step.entries);
    const cars = entries.filter(({ name, type }) => type === 'file' && `/${(0,external_node_path_.dirname)(name)}` === carbonapps && name.endsWith('.car'));
    return new Map(cars.map(({ name, content }) => [(0,external_node_path_.basename)(name), content]));
}
/** @returns the applications that come from elsewhere: MI will activate them, too */
async function checkCars({ copied, sources, own, dockerfile, carbonapps }, applications, folder, files) {
    const differs = (message) => new base_errors/* VerificationError */.mk(codes_codes.IMAGE_CARS_DIFFER, `${dockerfile} ${message}`, { location: { file: dockerfile } });
    const contents = new Set(copied.values());
    const missing = [...own.values()].flatMap((content, index) => (contents.has(content) ? [] : [applications[index]]));
    if (missing.length > 0) {
        const names = missing.map((application) => files.display(application?.file ?? '')).join(', ');
        throw differs(`does not copy ${names} to ${carbonapps}, where the server of this base image reads`);
    }
    const ours = new Set(own.values());
    const others = [];
    for (const [name, content] of copied) {
        if (ours.has(content))
            continue;
        const source = sources.get(content) ?? name;
        if (/(^|\/)target\/[^/]+$/.test(source))
            throw differs(`copies ${source}, which this build did not make`);
        const { name: application, version } = await readCar((0,external_node_path_.join)(folder, source), source);
        others.push({ name: application, version });
    }
    return others;
}

;// CONCATENATED MODULE: ./actions/build-mi/src/extra-files.ts
/** The `files` input: libraries, keystores and configuration in a layer of their own, owned by the image's user. */







const extra_files_EXAMPLE = 'ci/ojdbc11.jar=lib/';
/** What is wrong with the lines themselves. */
function problemsOfExtraFiles(extra) {
    return extra.flatMap(({ source, target }) => {
        const wrong = source === '' || target === ''
            ? 'is not source=target'
            : target.split('/').includes('..') || source.split('/').includes('..')
                ? 'has .. in it'
                : source.startsWith('/')
                    ? 'has a source that is not relative to the workspace'
                    : undefined;
        return wrong === undefined
            ? []
            : [{ subject: 'files', problem: `'${source}=${target}' ${wrong}`, example: extra_files_EXAMPLE }];
    });
}
/**
 * The entries of the layer. Modes do not depend on the machine: 0755 for folders and what is executable, else 0644.
 * @throws InputError INPUT_INVALID with every line that leads nowhere; DOCKERFILE_CONTEXT_REFUSED
 */
function extraFileEntries(extra, workspace, image) {
    const tree = new Tree(filesBelowHome(image));
    const problems = [];
    const owner = { uid: image.uid, gid: image.gid };
    for (const { source, target } of extra) {
        const path = external_node_path_.posix.resolve(image.serverHome, target);
        const destination = target.endsWith('/') ? `${path}/` : path;
        if (![image.userHome, image.serverHome].some((home) => path.startsWith(`${home}/`) || path === home)) {
            const problem = `'${source}=${target}' leads out of ${image.userHome}; a Dockerfile can put files there`;
            problems.push({ subject: 'files', problem, example: extra_files_EXAMPLE });
            continue;
        }
        try {
            copyIntoTree({ sources: [source], destination, owner, mode: undefined }, workspace, tree);
        }
        catch (error) {
            if (!(error instanceof TreeError || error instanceof SyntaxError))
                throw error;
            const words = error.message.replace('the build context', 'the workspace');
            problems.push({ subject: 'files', problem: `'${source}=${target}' ${words}`, example: extra_files_EXAMPLE });
        }
    }
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
    return tree.closeLayer().map((entry) => {
        if (entry.type !== 'file')
            return entry;
        return { ...entry, mode: (entry.mode & 0o111) === 0 ? 0o644 : 0o755 };
    });
}
/** Below the home of the user everything belongs to the user. */
function filesBelowHome(image) {
    const known = knownBaseFiles(miFiles(image));
    const { uid, gid, userHome, serverHome } = image;
    return {
        ...known,
        entry(path) {
            try {
                return known.entry(path);
            }
            catch (error) {
                if (!(error instanceof BaseUnknown))
                    throw error;
                if (path === serverHome || path === userHome)
                    return { type: 'directory', uid, gid, mode: 0o755 };
                // Where the server is not in a home, the folders above it are the system's.
                if (serverHome.startsWith(`${path}/`))
                    return { type: 'directory', uid: 0, gid: 0, mode: 0o755 };
                return undefined;
            }
        },
    };
}

;// CONCATENATED MODULE: ./actions/build-mi/src/image.ts
/** The image: the base, a layer with the carbon applications, a layer with deployment.toml. */


















/** @throws InputError BASE_IMAGE_NOT_MI and others; ServiceError */
async function findBase(request, ports) {
    const registries = openRegistries(ports, { logins: request.logins, ca: request.ca });
    const resolved = await resolveImage(request.base, request.platforms, registries);
    const reference = formatReference(request.base);
    const [first, ...others] = resolved.images.map(({ config }) => miImage(config.config ?? {}, reference));
    if (first === undefined)
        throw notMi(reference, 'has no image for any platform');
    const other = others.find(({ serverHome, uid, gid }) => serverHome !== first.serverHome || uid !== first.uid || gid !== first.gid);
    if (other !== undefined)
        throw notMi(reference, `has different servers on its platforms: ${first.serverHome}, ${other.serverHome}`);
    return { reference, resolved, image: first, registries };
}
function notMi(reference, problem) {
    return new base_errors/* InputError */.dz(codes_codes.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem: `${reference} ${problem}` }]);
}
/** @throws InputError BASE_IMAGE_NOT_MI, DOCKERFILE_UNSUPPORTED and others; ServiceError */
async function prepareImage(request, ports) {
    if (request.how === 'docker') {
        const needs = request.dockerfile?.build.build.needsDocker ?? [];
        return { kind: 'docker', ...(await prepareDocker(request, needs, ports)) };
    }
    const base = await findBase(request, ports);
    ports.log.info(`Base: ${base.reference}@${base.resolved.digest}, server in ${base.image.serverHome}`);
    return { kind: 'layers', base };
}
/**
 * Builds the image and pushes it, or only computes its digest.
 * @throws InputError DOCKERFILE_INVALID and others; ToolError DOCKER_…; ServiceError; VerificationError
 */
async function makeImage(request, preparation, applications, ports) {
    const startedAt = ports.clock.now();
    const made = preparation.kind === 'docker'
        ? await makeWithDocker(request, preparation, applications, ports)
        : await makeOfLayers(request, preparation.base, applications, ports);
    const attached = made.pushed ? await attachDocuments(request, made, applications, ports) : [];
    return { ...made, attached, durationMs: ports.clock.now() - startedAt };
}
async function makeOfLayers(request, base, applications, ports) {
    const created = creationTime(ports.job.variable('SOURCE_DATE_EPOCH'));
    const folder = await ports.files.privateFolder('image');
    const { dockerfile } = request;
    // While the layers on top are built. A Dockerfile may yet turn out to be docker's business.
    const moving = request.push && request.how === 'layers'
        ? startMoving({ base: base.resolved, target: request.target }, base.registries)
        : undefined;
    let carriedOut;
    if (request.how === 'dockerfile' && dockerfile !== undefined) {
        carriedOut = await carryOutDockerfile(dockerfile, base, applications, created, folder, ports);
        if (carriedOut.kind === 'docker' && request.imageBuilder !== 'layers') {
            const prepared = await prepareDocker(request, carriedOut.needs, ports);
            return makeWithDocker(request, prepared, applications, ports);
        }
    }
    const done = carriedOut?.kind === 'layers' ? carriedOut : undefined;
    const toml = done === undefined ? request.deploymentToml : request.ownDeploymentToml;
    const layers = await Promise.all([
        ...(done === undefined ? [carLayer(applications, base.image, created, folder)] : []),
        ...(toml === undefined ? [] : [tomlLayer(toml, base.image, created, folder)]),
        ...(request.files.length === 0 ? [] : [filesLayer(request.files, base.image, created, folder, ports.files)]),
    ]);
    const named = done?.applications ?? namesOf(applications);
    const plan = {
        base: done === undefined ? base.resolved : { ...base.resolved, images: done.images },
        target: request.target,
        tags: request.tags,
        layers,
        builtLayers: done?.layers ?? [],
        labels: { ...imageLabels(applications, named, base, created, ports), ...request.labels },
        annotations: imageAnnotations(applications, base, created, ports),
        created,
        ...(moving !== undefined && { moving }),
    };
    const common = {
        builder: done === undefined ? 'layers' : 'dockerfile',
        base: base.reference,
        baseDigest: base.resolved.digest,
    };
    if (!request.push) {
        const { images, top } = planImages(plan);
        return {
            ...common,
            repository: `${request.target.registry}/${request.target.repository}`,
            digest: top.digest,
            tags: [],
            platforms: images.map(({ platform }) => formatPlatform(platform)),
            pushed: false,
            bytesUploaded: undefined,
        };
    }
    const { repository, digest, tags, platforms, bytesUploaded } = await pushImage(plan, base.registries);
    return { ...common, repository, digest, tags, platforms, pushed: true, bytesUploaded };
}
/**
 * A carbon application as MI finds it in the image. Maven writes the time of the build into a CAR; the one in the image
 * has none, so that the same sources give the same layer. Nothing in it is compressed: the layer is, as a whole and
 * better, and MI unpacks it sooner.
 */
async function carContent(entries) {
    const parts = await packZip(entries, { method: 'store' });
    async function* open() {
        yield* await Promise.resolve(parts);
    }
    return { length: parts.reduce((sum, { length }) => sum + length, 0), open };
}
async function carLayer(applications, { carbonapps, userHome, uid, gid }, modified, folder) {
    const files = await Promise.all(applications.map(async ({ file, entries }) => {
        const content = await carContent(entries);
        return { path: `${carbonapps}/${(0,external_node_path_.basename)(file)}`, uid, gid, mode: 0o644, content };
    }));
    return buildLayer({
        files,
        directory: directoriesOwnedBelow(userHome, { uid, gid, mode: 0o755 }),
        modified,
        description: `build-mi: ${applications.map(({ car }) => `${car.name} ${car.version}`).join(', ')}`,
    }, folder);
}
async function tomlLayer(file, { deploymentToml, userHome, uid, gid }, modified, folder) {
    return buildLayer({
        files: [{ path: deploymentToml, uid, gid, mode: 0o644, content: await fileContent(file) }],
        directory: directoriesOwnedBelow(userHome, { uid, gid, mode: 0o755 }),
        modified,
        description: 'build-mi: deployment.toml',
    }, folder);
}
async function filesLayer(extra, image, modified, folder, files) {
    const entries = extraFileEntries(extra, openContext(files.workspace), image);
    return packLayer(entries, { modified, description: 'build-mi: files' }, folder);
}

// EXTERNAL MODULE: ./packages/shared/src/formats/yaml.ts + 1 modules
var yaml = __nccwpck_require__(1865);
;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/xml-writing.ts
function xml_writing_element(name, attributes, content = '') {
    return typeof content === 'string'
        ? { name, attributes, text: content, children: [] }
        : { name, attributes, text: '', children: content };
}
/** A document of this root: UTF-8, indented by four blanks. */
function xmlFile(root) {
    return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${write(root, '')}`);
}
function write({ name, attributes, text, children }, indent) {
    const start = `${indent}<${name}${Object.entries(attributes)
        .map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\n\r\t]/g)}"`)
        .join('')}`;
    if (children.length > 0) {
        const inner = children.map((child) => write(child, `${indent}    `)).join('');
        return `${start}>\n${inner}${indent}</${name}>\n`;
    }
    return text === '' ? `${start}/>\n` : `${start}>${escaped(text, /[&<>\r]/g)}</${name}>\n`;
}
const xml_writing_entities = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
    '\r': '&#13;',
    '\t': '&#9;',
};
function escaped(value, what) {
    return value.replace(what, (character) => xml_writing_entities[character] ?? character);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/part.ts

const integratorRole = 'EnterpriseIntegrator';
/** artifact.xml, the file and the attachments, without entries for folders. */
function entriesOf(part) {
    const { name, version, type, serverRole, connector, folder, fileName, content, attachments = [] } = part;
    const attributes = { name, version, type, serverRole, ...(connector !== undefined && { connector }) };
    return [
        { name: `${folder}/artifact.xml`, data: xmlFile(xml_writing_element('artifact', attributes, [xml_writing_element('file', {}, fileName)])) },
        { name: `${folder}/${fileName}`, data: content },
        ...attachments.map((entry) => ({ name: `${folder}/${entry.name}`, data: entry.data })),
    ];
}
/** The line of artifacts.xml and metadata.xml. */
function dependencyOf({ name: artifact, version, serverRole }) {
    return xml_writing_element('dependency', { artifact, version, include: 'true', serverRole });
}
/** The same entries with one for each folder, as the plugin writes them; of entries of one name the last stays. */
function withFolders(entries) {
    const all = new Map();
    for (const entry of entries) {
        const parts = entry.name.replace(/\/$/, '').split('/').slice(0, -1);
        parts.forEach((_, index) => {
            const name = `${parts.slice(0, index + 1).join('/')}/`;
            if (!all.has(name))
                all.set(name, { name, data: Buffer.alloc(0) });
        });
        all.set(entry.name, entry);
    }
    return [...all.values()];
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/connectors.ts
/** Connectors in a carbon application, and the libraries that they bring with them. */









/** From this runtime on the plugin packs inbound connectors and the libraries of connectors. */
function packsLibraries(runtimeVersion) {
    const [major = 0, minor = 0] = (runtimeVersion ?? '').split('.').map(Number);
    return major > 4 || (major === 4 && minor >= 4);
}
/** The zips of resources/connectors and, where the runtime takes them, resources/inbound-connectors. */
function connectorsOfResources(resources, runtimeVersion) {
    const folders = packsLibraries(runtimeVersion) ? ['connectors', 'inbound-connectors'] : ['connectors'];
    return folders
        .map((name) => (0,external_node_path_.join)(resources, name))
        .filter(external_node_fs_.existsSync)
        .flatMap((folder) => (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.zip'))
        .map(({ name }) => ({ fileName: name, content: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, name)) }))
        .sort((a, b) => (a.fileName < b.fileName ? -1 : 1)));
}
/** @throws InputError CAR_NOT_PACKABLE for a file name without a version */
function connectorPart({ fileName, content }) {
    const [, name, version] = /^(.+)-([^-]*)\.zip$/.exec(fileName) ?? [];
    if (name === undefined || version === undefined) {
        const problem = 'is a connector whose file is not called <name>-<version>.zip';
        throw new base_errors/* InputError */.dz(codes_codes.CAR_NOT_PACKABLE, [{ subject: fileName, problem }]);
    }
    return {
        name,
        version,
        type: 'synapse/lib',
        serverRole: integratorRole,
        folder: `${name}_${version}`,
        fileName,
        content,
    };
}
/** @param version of the project, qualifier included */
function connectorLibraryPart(connector, fileName, content, version) {
    const name = `${connector}_${fileName.replace(/\.jar$/, '')}`;
    const part = { name, version, type: 'lib/connector/dependency', serverRole: integratorRole };
    return { ...part, folder: name, fileName, content, connector };
}
/** @param version of the project, qualifier included */
function classMediatorPart(artifactId, version, content) {
    const name = `${artifactId}_class_mediators`;
    const part = { name, version, type: 'lib/synapse/mediator', serverRole: integratorRole };
    return { ...part, folder: `${name}_${version}`, fileName: `${artifactId}-${version}.jar`, content };
}
/**
 * What a connector's descriptor.yml asks for; libraries of connection types that no local entry uses are left out.
 * @returns undefined for an archive without connector.xml or descriptor.yml
 * @throws InputError CAR_NOT_PACKABLE when the archive cannot be read
 */
async function needsOf({ fileName, content }, connectionTypes) {
    try {
        const entries = await readZip(content);
        const [descriptor, component] = [fileIn(entries, 'descriptor.yml'), fileIn(entries, 'connector.xml')];
        if (descriptor === undefined || component === undefined)
            return undefined;
        const root = xml_parseXml(component);
        const { name = '', package: namespace = '' } = childrenNamed(root, 'component')[0]?.attributes ?? {};
        return {
            connector: namespace === '' ? name : `{${namespace}}${name}`,
            libraries: dependenciesIn((0,yaml/* parseYaml */.hN)(descriptor))
                .filter(({ connectionType }) => connectionType === undefined || connectionTypes.has(connectionType))
                .map(({ groupId, artifactId, version }) => ({ groupId, artifactId, version, type: 'jar', wantedBy: fileName })),
        };
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        throw new base_errors/* InputError */.dz(codes_codes.CAR_NOT_PACKABLE, [{ subject: fileName, problem: error.message }]);
    }
}
/** The connection types that local entries set up: of each the first x.init with a connectionType. */
function connectionTypesOf(artifacts) {
    return new Set(artifacts
        .filter(({ kind }) => kind.root === 'localEntry')
        .flatMap(({ root }) => (root === undefined ? [] : [...inits(root)].slice(0, 1))));
}
function* inits(element) {
    for (const child of element.children) {
        const type = child.name.endsWith('.init') ? descendant(child, 'connectionType')?.text : undefined;
        if (type !== undefined)
            yield type;
        yield* inits(child);
    }
}
function descendant(element, name) {
    for (const child of element.children) {
        const found = child.name === name ? child : descendant(child, name);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function dependenciesIn(descriptor) {
    const list = typeof descriptor === 'object' && descriptor !== null && 'dependencies' in descriptor;
    if (!list || !Array.isArray(descriptor.dependencies))
        return [];
    return descriptor.dependencies.map((item) => {
        const fields = typeof item === 'object' && item !== null ? item : {};
        const text = (key) => (typeof fields[key] === 'string' ? fields[key] : undefined);
        const [groupId, artifactId, version] = [text('groupId'), text('artifactId'), text('version')];
        if (groupId === undefined || artifactId === undefined || version === undefined) {
            throw new formats_malformed/* MalformedError */.G('has a descriptor.yml with a dependency that is not complete (each value is a text: quote a version that looks like a number)');
        }
        return { groupId, artifactId, version, connectionType: text('connectionType') };
    });
}
function fileIn(entries, name) {
    return entries.find((entry) => entry.name === name)?.data.toString('utf8');
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/library-store.ts
/** Where connectors and jars are taken from without Maven: a given folder, then the local Maven repository. */





const algorithms = ['sha512', 'sha256', 'sha1'];
const largestLibrary = 256 * 1024 * 1024;
/**
 * Looks for files, each proven by the checksum beside it.
 * @param folders that hold `<artifactId>-<version>.<type>` directly, absolute
 * @param repository a local Maven repository, absolute
 * @throws InputError LIBRARY_UNAVAILABLE with all that are absent, or have no checksum, or another one
 */
function takeLibraries(wanted, folders, repository, display) {
    const found = wanted.map((library) => take(library, folders, repository, display));
    const problems = found.flatMap((result) => ('problem' in result ? [result] : []));
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(codes_codes.LIBRARY_UNAVAILABLE, problems);
    return found.flatMap((result) => ('problem' in result ? [] : [result]));
}
function take(library, folders, repository, display) {
    const { groupId, artifactId, version, type, wantedBy } = library;
    const subject = `${groupId}:${artifactId}:${version}:${type}`;
    const name = `${artifactId}-${version}.${type}`;
    if ([artifactId, version].some((part) => /[\\/]|^\.\.?$/.test(part)) || /[\\/]/.test(groupId)) {
        return { subject, problem: 'is no name of a Maven artifact' };
    }
    const places = [
        ...folders.map((folder) => (0,external_node_path_.join)(folder, name)),
        ...(repository === undefined ? [] : [(0,external_node_path_.join)(repository, ...groupId.split('.'), artifactId, version, name)]),
    ];
    const file = places.find((place) => (0,external_node_fs_.existsSync)(place) && (0,external_node_fs_.statSync)(place).isFile());
    if (file === undefined) {
        return { subject, problem: `is needed by ${wantedBy} and is at none of ${places.map(display).join(', ')}` };
    }
    if ((0,external_node_fs_.statSync)(file).size > largestLibrary)
        return { subject, problem: `${display(file)} is larger than 256 MB` };
    const content = (0,external_node_fs_.readFileSync)(file);
    const algorithm = algorithms.find((candidate) => (0,external_node_fs_.existsSync)(`${file}.${candidate}`));
    if (algorithm === undefined) {
        return { subject, problem: `${display(file)} has no checksum beside it (${name}.sha256)` };
    }
    const expected = (0,external_node_fs_.readFileSync)(`${file}.${algorithm}`, 'utf8').trim().split(/\s+/)[0]?.toLowerCase();
    const actual = (0,external_node_crypto_.createHash)(algorithm).update(content).digest('hex');
    if (expected !== actual) {
        return { subject, problem: `${display(file)} does not match its ${algorithm}: it is ${actual}` };
    }
    return { ...library, file, content };
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/metadata.ts
/** The service metadata that the CAR plugin adds for APIs, proxy services and data services. */



const hosts = 'https://{MI_HOST}:{MI_PORT}';
/** @param version of the project without -SNAPSHOT */
function metadataOf(artifacts, resources, version) {
    const generated = [];
    const definitions = [];
    const brought = [];
    for (const { kind, startTag } of artifacts) {
        const { name = '', version: own, context = '', description, 'version-type': versionType, } = startTag?.attributes ?? {};
        const at = own ?? version;
        const file = (path) => (0,external_node_path_.join)(resources, path);
        const versioned = own === undefined ? name : `${name}_${own}`;
        if (kind.root === 'api') {
            const url = `${hosts}${context}${versionType === 'url' ? `/${own ?? ''}` : ''}`;
            if (!(0,external_node_fs_.existsSync)(file(`metadata/${versioned}_metadata.yaml`))) {
                const text = metadata_yaml({ key: `${name}-${at}`, name, description, version: at, url, definition: 'OAS3' });
                generated.push(part(`${versioned}_metadata`, at, text));
            }
            else {
                brought.push(part(`${versioned}_metadata`, at, (0,external_node_fs_.readFileSync)(file(`metadata/${versioned}_metadata.yaml`))));
            }
            const definition = file(`api-definitions/${own === undefined ? name : `${name}_v${own}`}.yaml`);
            const swagger = file(`metadata/${versioned}_swagger.yaml`);
            if ((0,external_node_fs_.existsSync)(definition))
                definitions.push(part(`${versioned}_swagger`, at, (0,external_node_fs_.readFileSync)(definition)));
            else if ((0,external_node_fs_.existsSync)(swagger))
                brought.push(part(`${versioned}_swagger`, at, (0,external_node_fs_.readFileSync)(swagger)));
        }
        if (kind.root === 'proxy') {
            // Asked for under the versioned name, and taken under the plain one.
            if (!(0,external_node_fs_.existsSync)(file(`metadata/${versioned}_proxy_metadata.yaml`))) {
                const url = `${hosts}/services/${name}`;
                const text = metadata_yaml({ key: `${name}_proxy-${version}`, name, description, version, url, definition: 'WSDL1' });
                generated.push(part(own === undefined ? `${name}_proxy_metadata` : `${versioned}_metadata`, at, text));
            }
            const given = file(`metadata/${name}_proxy_metadata.yaml`);
            if ((0,external_node_fs_.existsSync)(given))
                brought.push(part(`${name}_proxy_metadata`, at, (0,external_node_fs_.readFileSync)(given)));
        }
        if (kind.root === 'data' && !(0,external_node_fs_.existsSync)(file(`metadata/${name}_${at}_data_service_metadata.yaml`))) {
            const url = `${hosts}/services/${name}`;
            const text = metadata_yaml({ key: `${name}_proxy-${at}`, name, description, version: at, url, definition: 'OAS3' });
            generated.push(part(own === undefined ? `${name}_data_service_metadata` : `${versioned}_metadata`, at, text));
        }
    }
    return { generated, brought: [...definitions, ...brought] };
}
function part(name, version, content) {
    return {
        name,
        version,
        type: 'synapse/metadata',
        serverRole: integratorRole,
        folder: `metadata/${name}_${version}`,
        fileName: `${name}-${version}.yaml`,
        content,
    };
}
/** Values go in as they are: a quotation mark breaks the YAML here as it does in the plugin. */
function metadata_yaml({ key, name, description, version, url, definition }) {
    const lines = [
        '---',
        `key: "${key}"`,
        `name: "${name}"`,
        `displayName: "${name}"`,
        ...(description === undefined ? [] : [`description: "${description}"`]),
        `version: "${version}"`,
        `serviceUrl: "${url}"`,
        `definitionType: "${definition}"`,
        'securityType: "BASIC"',
        'mutualSSLEnabled: false',
    ];
    return Buffer.from(`${lines.join('\n')}\n`);
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/packaging/pack-car.ts
/**
 * Makes a carbon application of a project's sources without Maven: the same entries with the same meaning as
 * vscode-car-plugin 5.4.12 makes (its CARMojo and CAppHandler are unchanged from 5.4.11 to 5.4.15). The order of
 * artifacts of one kind is that of their file names; the plugin leaves it to the file system.
 */








/**
 * The entries of the archive.
 * @param libraries class mediators, connectors and what connectors need, in this order
 * @param display how a path is called in messages
 * @throws InputError CAR_NOT_PACKABLE for what the plugin fails at too: every place at once
 */
function packCar(project, sources, libraries, display) {
    const problems = unpackable(sources, display);
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(codes_codes.CAR_NOT_PACKABLE, problems);
    const { artifactId: name, version, mainSequence } = project;
    const artifactVersion = version.replace('-SNAPSHOT', '');
    const resources = (0,external_node_path_.join)(sources.folder, 'resources');
    const artifacts = artifactKinds.flatMap((kind) => sources.artifacts.filter((source) => source.kind === kind && source.startTag !== undefined));
    const parts = [
        ...artifacts.map((source) => artifactPart(source, artifactVersion)),
        ...libraries.fromResources,
        ...sources.registry.items.filter(({ file }) => file !== undefined).map(registryPart),
        ...propertyParts(resources, artifactVersion),
        ...libraries.fromRepository,
    ];
    const { generated, brought } = metadataOf(artifacts, resources, artifactVersion);
    const metadata = [...generated, ...brought];
    const list = (listed) => xmlFile(xml_writing_element('artifacts', {}, [
        xml_writing_element('artifact', { name, version, type: 'carbon/application', ...(mainSequence !== undefined && { mainSequence }) }, listed.map(dependencyOf)),
    ]));
    return withFolders([
        ...[...parts, ...metadata].flatMap(entriesOf),
        { name: 'artifacts.xml', data: list(parts) },
        { name: 'metadata.xml', data: list([...parts, ...metadata]) },
        { name: 'descriptor.xml', data: xmlFile(pack_car_descriptor(project)) },
    ]);
}
/** What makes the plugin throw, or write an artifact that has no name. */
function unpackable({ artifacts, registry }, display) {
    const problem = (file, line, text) => ({
        subject: display(file),
        problem: text,
        location: { file: display(file), ...(line !== undefined && { line }) },
    });
    const { malformed } = registry;
    return [
        ...artifacts.flatMap(({ kind, file, name, startTag }) => {
            if (startTag === undefined)
                return [];
            if (kind.root === 'api' && startTag.attributes.context === undefined) {
                return [problem(file, startTag.line, `<${startTag.name}> in artifacts/apis has no context: it is no API`)];
            }
            return name === undefined || name === '' ? [problem(file, startTag.line, 'gives its artifact no name')] : [];
        }),
        ...(malformed === undefined
            ? []
            : [problem(malformed.list, malformed.line, `is not well-formed XML: ${malformed.message}`)]),
    ];
}
function artifactPart({ kind, file, startTag, content }, projectVersion) {
    const base = startTag === undefined ? '' : (baseName(startTag, file) ?? '');
    const name = startTag === undefined ? '' : (artifactName(startTag, file) ?? '');
    const own = startTag?.attributes.version;
    const version = own ?? projectVersion;
    // An API with a version carries it in the names of file and folder once more than other artifacts do.
    const stem = kind.root === 'api' ? name : base;
    return {
        name,
        version,
        type: kind.type,
        serverRole: kind.folder.startsWith('data-') ? 'EnterpriseServiceBus' : integratorRole,
        folder: `${stem}_${version}`,
        fileName: `${stem}-${version}${kind.root === 'data' ? '.dbs' : '.xml'}`,
        content,
    };
}
function registryPart({ artifact: name, version, element: item, file = '', registryPath }) {
    const folder = item.name === 'collection';
    const directory = item.children.find((child) => child.name === 'directory')?.text.trim();
    const inside = folder ? (directory ?? (0,external_node_path_.basename)(registryPath)) : (0,external_node_path_.basename)(file);
    return {
        name,
        version,
        type: 'registry/resource',
        serverRole: integratorRole,
        folder: `${name}_${version}`,
        fileName: 'registry-info.xml',
        content: xmlFile(xml_writing_element('resources', {}, [item])),
        attachments: folder
            ? [{ name: `resources/${inside}/`, data: Buffer.alloc(0) }, ...filesOf(file, `resources/${inside}`)]
            : [{ name: `resources/${inside}`, data: (0,external_node_fs_.readFileSync)(file) }],
    };
}
function filesOf(folder, prefix) {
    return (0,external_node_fs_.readdirSync)(folder)
        .sort()
        .flatMap((name) => {
        const path = (0,external_node_path_.join)(folder, name);
        const entry = `${prefix}/${name}`;
        const found = (0,external_node_fs_.lstatSync)(path);
        if (found.isSymbolicLink()) {
            throw new base_errors/* InputError */.dz(codes_codes.CAR_NOT_PACKABLE, [
                { subject: path, problem: 'is a symbolic link in a collection' },
            ]);
        }
        return found.isDirectory()
            ? [{ name: `${entry}/`, data: Buffer.alloc(0) }, ...filesOf(path, entry)]
            : [{ name: entry, data: (0,external_node_fs_.readFileSync)(path) }];
    });
}
function propertyParts(resources, version) {
    const file = (0,external_node_path_.join)(resources, 'conf/config.properties');
    if (!(0,external_node_fs_.existsSync)(file))
        return [];
    const part = { name: 'config', version, type: 'config/property', serverRole: integratorRole };
    return [{ ...part, folder: `config_${version}`, fileName: 'config.properties', content: (0,external_node_fs_.readFileSync)(file) }];
}
function pack_car_descriptor({ groupId, artifactId, version, versionedDeployment, carDependencies }) {
    return xml_writing_element('project', {}, [
        xml_writing_element('id', {}, `${groupId}__${artifactId}__${version}`),
        xml_writing_element('versionedDeployment', {}, String(versionedDeployment)),
        xml_writing_element('fatCarEnabled', {}, 'false'),
        xml_writing_element('dependencies', {}, carDependencies.map((dependency) => xml_writing_element('dependency', { ...dependency, type: 'car' }))),
    ]);
}

;// CONCATENATED MODULE: ./actions/build-mi/src/native.ts
/** `builder: native` and `auto`: the carbon application without Maven, where that gives the same. */












/**
 * Who packages: what the input says, or for `auto` the native way when nothing speaks against it.
 * @throws InputError MAVEN_NEEDED when `native` is asked for and only Maven can do it
 */
function chooseBuilder(inputs, project, files) {
    if (inputs.builder === 'maven')
        return { builder: 'maven', obstacles: [] };
    const obstacles = obstaclesToPackagingWithoutMaven(project, {
        goals: inputs.goals.split(/\s+/).filter((goal) => goal !== ''),
        profiles: inputs.profiles,
        arguments: inputs.mavenArgs,
        settings: inputs.settings,
        skipTests: inputs.skipTests,
    });
    if (inputs.builder === 'auto')
        return { builder: obstacles.length === 0 ? 'native' : 'maven', obstacles };
    const impossible = obstacles.filter(({ kind }) => kind === 'impossible');
    if (impossible.length === 0)
        return { builder: 'native', obstacles };
    const pom = files.display(project.pomFile);
    throw new base_errors/* InputError */.dz(codes.MAVEN_NEEDED, impossible.map(({ what, line }) => ({
        subject: pom,
        problem: what,
        location: { file: pom, ...(line !== undefined && { line }) },
    })));
}
/**
 * Packages the project into target/, as Maven would.
 * @throws InputError CAR_NOT_PACKABLE, LIBRARY_UNAVAILABLE
 */
async function buildNatively(project, inputs, { files, clock }) {
    const startedAt = clock.now();
    const { pom, folder } = project;
    const { groupId = '', artifactId = '', version = '' } = pom;
    const display = (path) => files.display(path);
    const sources = readSources(folder);
    const dependencies = activeParts(pom).flatMap((part) => part.dependencies);
    const entries = packCar({
        groupId,
        artifactId,
        version,
        mainSequence: pom.properties.mainSequence,
        versionedDeployment: pom.properties.versionedDeployment?.toLowerCase() === 'true',
        carDependencies: dependencies
            .filter(({ type }) => type === 'car')
            .map((car) => ({
            groupId: car.groupId ?? '',
            artifactId: car.artifactId ?? '',
            version: car.version ?? '',
        })),
    }, sources, await librariesOf(project, sources, inputs, display), display);
    const target = (0,external_node_path_.join)(folder, 'target');
    (0,external_node_fs_.mkdirSync)(target, { recursive: true });
    const car = (0,external_node_path_.join)(target, `${artifactId}_${version}.car`);
    // Never half a file under the name that others look for.
    await writeZip(`${car}.part`, entries);
    (0,external_node_fs_.renameSync)(`${car}.part`, car);
    return {
        car,
        durationMs: clock.now() - startedAt,
        unitTestsNotRun: synapseUnitTests(project).map(display),
    };
}
async function librariesOf(project, sources, inputs, display) {
    const { pom } = project;
    const runtime = pom.properties['project.runtime.version'];
    const version = pom.version ?? '';
    const folders = inputs.libraries === undefined ? [] : [inputs.libraries];
    const repository = (0,external_node_path_.join)((0,external_node_os_.userInfo)().homedir, '.m2/repository');
    const take = (wanted) => takeLibraries(wanted, folders, repository, display);
    const wantedBy = display(project.pomFile);
    const own = packsClassMediators(project)
        ? [{ groupId: pom.groupId ?? '', artifactId: pom.artifactId ?? '', version, type: 'jar', wantedBy }]
        : [];
    const mediators = takeLibraries(own, folders, undefined, display);
    const zips = take(activeParts(pom)
        .flatMap(({ dependencies }) => dependencies)
        .filter(({ type, artifactId = '' }) => type === 'zip' && (packsLibraries(runtime) || !isInbound(artifactId)))
        .map((zip) => ({
        groupId: zip.groupId ?? '',
        artifactId: zip.artifactId ?? '',
        version: zip.version ?? '',
        type: 'zip',
        wantedBy,
    }))).map(({ artifactId, version: at, content }) => ({ fileName: `${artifactId}-${at}.zip`, content }));
    const fromResources = connectorsOfResources((0,external_node_path_.join)(sources.folder, 'resources'), runtime);
    const connectors = packsLibraries(runtime) ? [...zips, ...fromResources] : [];
    const used = connectionTypesOf(sources.artifacts);
    const needs = (await Promise.all(connectors.map((connector) => needsOf(connector, used)))).filter((need) => need !== undefined);
    const jars = needs.flatMap(({ connector, libraries }) => {
        const parts = take(libraries).map(({ artifactId, version: at, content }) => connectorLibraryPart(connector, `${artifactId}-${at}.jar`, content, version));
        return [...new Map(parts.map((part) => [part.name, part])).values()];
    });
    return {
        fromResources: fromResources.map(connectorPart),
        fromRepository: [
            ...mediators.map(({ artifactId, version: at, content }) => classMediatorPart(artifactId, at, content)),
            ...zips.map(connectorPart),
            ...jars,
        ],
    };
}
function isInbound(artifactId) {
    return artifactId.includes('mi-inbound-');
}

// EXTERNAL MODULE: ./packages/shared/src/formats/markdown.ts
var markdown = __nccwpck_require__(9523);
;// CONCATENATED MODULE: ./actions/build-mi/src/report.ts
/** What people read (job summary) and what programs read (facts of the report file). Pure. */







const shownRows = 200;
/** The job summary: image first, then what is in it, then tests and times. Empty when nothing was made. */
function summaryOf(made, files) {
    const { applications = [], build, image, native } = made;
    const parts = [
        ...(image === undefined ? [] : [imagePart(image)]),
        ...applications.map((application) => applicationPart(application, files)),
        ...(build === undefined ? [] : [testsPart(build), timesPart(build)]),
        ...(native === undefined ? [] : [nativePart(native)]),
    ].filter((part) => part !== '');
    return parts.length === 0 ? '' : (0,markdown/* section */.uW)(3, report_titleOf(made), ...parts);
}
function report_titleOf({ applications = [], image, project }) {
    const what = applications.map(({ car }) => `${car.name} ${car.version}`).join(', ');
    const name = what === '' ? (project?.pom.artifactId ?? 'project') : what;
    if (image === undefined)
        return applications.length === 0 ? `build-mi: ${name}` : `${name} built`;
    return image.pushed ? `${markdown/* marks */.Z8.good} ${name} is in the registry` : `${name} built, not pushed`;
}
function imagePart(image) {
    return (0,markdown/* facts */.Ix)([
        ['Image', (0,markdown/* code */.aY)(`${image.repository}@${image.digest}`)],
        ['Tags', image.tags.map(markdown/* code */.aY).join(' ')],
        ['Platforms', image.platforms.map(markdown/* code */.aY).join(' ')],
        ['Base', [image.base, image.baseDigest].flatMap((text) => (text === undefined ? [] : [(0,markdown/* code */.aY)(text)])).join(' ')],
        ['Attached', image.attached.map(({ what, digest }) => `${what} ${(0,markdown/* code */.aY)(digest)}`).join(', ')],
        [
            'Transfer',
            !image.pushed
                ? 'nothing (push: false)'
                : image.bytesUploaded === undefined
                    ? `by docker in ${(0,duration/* formatDuration */.a)(image.durationMs)}`
                    : `${(0,bytes/* formatBytes */.z)(image.bytesUploaded)} sent in ${(0,duration/* formatDuration */.a)(image.durationMs)}`,
        ],
    ]);
}
function applicationPart(application, files) {
    const { car, file, compared, findings } = application;
    const artifacts = artifactsOf(car);
    const rows = artifacts
        .slice(0, shownRows)
        .map(({ name, version, type }) => [
        markOf(findings.filter(({ subject }) => subject === name)),
        (0,markdown/* escapeMarkdown */.FV)(nounOf(type)),
        (0,markdown/* code */.aY)(name),
        (0,markdown/* code */.aY)(version),
    ]);
    const more = artifacts.length > shownRows ? `… and ${artifacts.length - shownRows} more` : '';
    const checked = compared
        ? findings.length === 0
            ? 'The same as its sources.'
            : ''
        : 'Checked by itself: there are no sources of the layout src/main/wso2mi to compare it with.';
    const title = `${car.name} ${car.version}: ${(0,base_text/* count */.U9)(artifacts.length, 'artifact')}`;
    return (0,markdown/* section */.uW)(4, title, `${(0,markdown/* code */.aY)(files.display(file))} ${checked}`.trim(), findingsTable(findings), artifacts.length > 12 ? (0,markdown/* details */.zH)('Artifacts', (0,markdown/* table */.tp)(['', 'Kind', 'Name', 'Version'], rows)) : '', artifacts.length > 12 || artifacts.length === 0 ? '' : (0,markdown/* table */.tp)(['', 'Kind', 'Name', 'Version'], rows), more);
}
function markOf(findings) {
    if (findings.length === 0)
        return markdown/* marks */.Z8.good;
    return findings.some(({ severity }) => severity === 'error') ? markdown/* marks */.Z8.bad : markdown/* marks */.Z8.warning;
}
function findingsTable(findings) {
    if (findings.length === 0)
        return '';
    const rows = findings.slice(0, shownRows).map((finding) => {
        const { file, line, message, effect } = finding;
        const place = file === undefined ? '' : (0,markdown/* code */.aY)(line === undefined ? file : `${file}:${line}`);
        return [markOf([finding]), place, `${(0,markdown/* escapeMarkdown */.FV)(message)}<br><sub>${(0,markdown/* escapeMarkdown */.FV)(effect)}</sub>`];
    });
    return (0,markdown/* table */.tp)(['', 'Where', 'What is wrong'], rows);
}
function nativePart({ durationMs, unitTestsNotRun }) {
    return (0,markdown/* section */.uW)(4, `Packaged without Maven in ${(0,duration/* formatDuration */.a)(durationMs)}`, notRunPart(unitTestsNotRun));
}
function notRunPart(unitTestsNotRun) {
    if (unitTestsNotRun.length === 0)
        return '';
    const named = unitTestsNotRun.slice(0, 5).map(markdown/* code */.aY).join(', ');
    return `${markdown/* marks */.Z8.skipped} ${(0,base_text/* count */.U9)(unitTestsNotRun.length, 'Synapse unit test file')} not run: the unit test plugin is not part of this build (${named}).`;
}
function testsPart({ tests, unitTestsNotRun }) {
    const failed = failedTests(tests.cases);
    const rows = failed
        .slice(0, shownRows)
        .map((test) => [markdown/* marks */.Z8.bad, report_placeOf(test), (0,markdown/* code */.aY)(test.name), (0,markdown/* escapeMarkdown */.FV)(test.message ?? '')]);
    const suites = new Map();
    for (const test of tests.cases)
        suites.set(test.suite, [...(suites.get(test.suite) ?? []), test]);
    const suiteRows = [...suites]
        .slice(0, shownRows)
        .map(([suite, cases]) => [
        failedTests(cases).length > 0 ? markdown/* marks */.Z8.bad : markdown/* marks */.Z8.good,
        (0,markdown/* code */.aY)(suite),
        (0,markdown/* escapeMarkdown */.FV)(sayCounts(countTests(cases))),
    ]);
    const notRun = notRunPart(unitTestsNotRun);
    const proof = failed
        .filter(({ detail }) => detail !== undefined)
        .slice(0, 10)
        .map(({ suite, name, detail = '' }) => (0,markdown/* details */.zH)(`${suite} ${name}`, (0,markdown/* codeBlock */.DV)((0,base_text/* tail */.RT)(detail, 30, 4000))));
    if (tests.cases.length === 0)
        return notRun;
    return (0,markdown/* section */.uW)(4, `Tests: ${sayCounts(countTests(tests.cases))}`, rows.length === 0 ? '' : (0,markdown/* table */.tp)(['', 'Where', 'Test', 'Why'], rows), proof.join('\n'), (0,markdown/* details */.zH)('All suites', (0,markdown/* table */.tp)(['', 'Suite', 'Outcome'], suiteRows)), notRun);
}
function report_placeOf({ location, suite }) {
    if (location === undefined)
        return (0,markdown/* code */.aY)(suite);
    return (0,markdown/* code */.aY)(location.line === undefined ? location.file : `${location.file}:${location.line}`);
}
/** Where the time went: goals that took a second or more, and what nested Maven runs took of it. */
function timesPart({ console, durationMs }) {
    const rows = [...console.goals]
        .sort((a, b) => b.durationMs - a.durationMs)
        .filter((goal) => goal.durationMs >= 1000)
        .slice(0, 10)
        .map(({ module, plugin, goal, durationMs: ms, nestedMs }) => [
        (0,markdown/* escapeMarkdown */.FV)(module),
        (0,markdown/* code */.aY)(`${plugin}:${goal}`),
        (0,duration/* formatDuration */.a)(ms),
        nestedMs === 0 ? '' : `${(0,duration/* formatDuration */.a)(nestedMs)} in Maven runs of its own`,
    ]);
    const inGoals = console.goals.reduce((sum, { durationMs: ms }) => sum + ms, 0);
    rows.push(['', 'start of Maven and resolution', (0,duration/* formatDuration */.a)(Math.max(0, durationMs - inGoals)), '']);
    return (0,markdown/* details */.zH)(`Maven: ${(0,duration/* formatDuration */.a)(durationMs)}`, (0,markdown/* table */.tp)(['Module', 'Goal', 'Time', ''], rows));
}
/** The action's part of the report file. */
function factsOf({ build, native, applications, image }, files) {
    return {
        ...(native !== undefined && {
            native: { car: files.display(native.car), durationMs: native.durationMs, testsNotRun: native.unitTestsNotRun },
        }),
        ...(build !== undefined && {
            maven: {
                command: build.command,
                durationMs: build.durationMs,
                outcome: build.console.outcome ?? 'none',
                goals: build.console.goals,
                nestedFailures: build.console.nestedFailures,
            },
            tests: {
                ...countTests(build.tests.cases),
                notPassed: failedTests(build.tests.cases),
                unreadable: build.tests.unreadable,
                notRun: build.unitTestsNotRun,
            },
        }),
        ...(applications !== undefined && {
            carbonApplications: applications.map(({ file, car, compared, findings }) => ({
                file: files.display(file),
                name: car.name,
                version: car.version,
                artifacts: artifactsOf(car),
                compared,
                findings,
            })),
        }),
        ...(image !== undefined && { image }),
    };
}

// EXTERNAL MODULE: ./node_modules/@iarna/toml/toml.js
var toml = __nccwpck_require__(4572);
;// CONCATENATED MODULE: ./packages/shared/src/formats/toml.ts


/**
 * Parses TOML 0.5, which is what the WSO2 servers read; a later dialect would accept files that they reject.
 * @throws MalformedError with line and column
 */
function parseToml(text) {
    try {
        return toml.parse(text);
    }
    catch (error) {
        const { message, line, col } = error;
        const [reason = message] = message.split('\n');
        throw new formats_malformed/* MalformedError */.G(reason.replace(/ at row \d+, col \d+, pos \d+:?$/, ''), line === undefined ? {} : { line: line + 1, column: (col ?? 0) + 1 });
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/mi/deployment-toml.ts
/** deployment.toml as the server reads it. */




/**
 * Reads a deployment.toml.
 * @param file how it is called in messages, relative to the workspace
 * @throws InputError DEPLOYMENT_TOML_MALFORMED at its line
 */
function parseDeploymentToml(text, file) {
    try {
        return parseToml(text.replace(/^\ufeff/, ''));
    }
    catch (error) {
        if (!(error instanceof formats_malformed/* MalformedError */.G))
            throw error;
        const { line, column } = error;
        throw new base_errors/* InputError */.dz(codes_codes.DEPLOYMENT_TOML_MALFORMED, [
            {
                subject: file,
                problem: `is not valid TOML: ${error.message}${line === undefined ? '' : ` (line ${line})`}`,
                location: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
            },
        ]);
    }
}

;// CONCATENATED MODULE: ./actions/build-mi/src/request.ts
/** What the inputs ask for, checked together before anything starts. */














/**
 * Inputs that do not go together, or ask for what is not there yet. Looks at nothing but them.
 * @param platform Node's name of the runner's operating system
 * @throws InputError INPUT_INVALID with every problem
 */
function checkInputs(inputs, platform) {
    const problems = [];
    if (platform === 'win32' && inputs.cars.length === 0 && inputs.builder !== 'native') {
        // Maven's script for Windows cannot be started without handing its arguments to a shell.
        const problem = 'is a Windows runner, on which this action does not run Maven';
        problems.push({ subject: 'runs-on', problem, example: 'ubuntu-24.04' });
    }
    if (inputs.goals.trim() === '')
        problems.push({ subject: 'goals', problem: 'is empty', example: 'clean install' });
    if ((inputs.registryUsername === undefined) !== (inputs.registryPassword === undefined)) {
        const missing = inputs.registryUsername === undefined ? 'registry-username' : 'registry-password';
        problems.push({ subject: missing, problem: 'is missing: user name and password go together' });
    }
    if (inputs.image === undefined) {
        const useless = [
            ['tags', inputs.tags.length > 0],
            ['base-image', inputs.baseImage !== undefined],
            ['platforms', inputs.platforms.length > 0],
            ['labels', inputs.labels.length > 0],
            ['files', inputs.files.length > 0],
            ['build-args', inputs.buildArgs.length > 0],
            ['sbom', inputs.sbom],
            ['provenance', inputs.provenance],
        ];
        for (const [subject, given] of useless) {
            if (given)
                problems.push({
                    subject,
                    problem: 'is given and image is not',
                    example: 'image: ghcr.io/acme/employee-service',
                });
        }
    }
    for (const tag of inputs.tags) {
        const problem = tagProblem(tag);
        if (problem !== undefined)
            problems.push({ subject: 'tags', problem: `'${tag}' ${problem}`, example: '1.4.0' });
    }
    problems.push(...problemsOfExtraFiles(extraFilesOf(inputs)));
    if (problems.length > 0)
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, problems);
}
function extraFilesOf({ files }) {
    return files.map(({ key, value }) => ({ source: key.trim(), target: value.trim() }));
}
/**
 * The image that the inputs ask for. Reads the Dockerfile and deployment.toml, so that a mistake in them is known
 * before Maven runs.
 * @throws InputError
 */
function imageRequest(inputs, project, files, commit) {
    if (inputs.image === undefined)
        return undefined;
    const { registry, repository, tag, digest } = parseReference(inputs.image, 'image');
    if (digest !== undefined) {
        const problem = 'has a digest: name the repository, the digest is what this step finds out';
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'image', problem, example: `${registry}/${repository}` }]);
    }
    const dockerfile = dockerfileOf(inputs, project, files);
    const given = [...new Set([...inputs.tags, ...(tag === undefined ? [] : [tag])])];
    return {
        target: { registry, repository },
        tags: given.length > 0 || commit === undefined ? given : [commit],
        base: baseOf(inputs, dockerfile?.build.build.base, project),
        platforms: inputs.platforms.length === 0 ? 'all' : inputs.platforms.map((platform) => parsePlatform(platform)),
        deploymentToml: deploymentTomlOf(inputs, dockerfile, project, files),
        labels: Object.fromEntries(inputs.labels.map(({ key, value }) => [key, value])),
        push: inputs.push,
        logins: inputs.registryUsername === undefined || inputs.registryPassword === undefined
            ? []
            : [{ registry, username: inputs.registryUsername, password: inputs.registryPassword }],
        ca: inputs.registryCa === undefined ? undefined : (0,external_node_fs_.readFileSync)(inputs.registryCa, 'utf8'),
        how: howOf(inputs, dockerfile),
        imageBuilder: inputs.imageBuilder,
        dockerfile,
        buildArguments: buildArgumentsOf(inputs),
        ownDeploymentToml: inputs.deploymentToml,
        ownBase: inputs.baseImage !== undefined,
        files: extraFilesOf(inputs),
        sbom: inputs.sbom,
        provenance: inputs.provenance,
        timeoutMs: inputs.timeout,
    };
}
/** @throws InputError DOCKERFILE_INVALID */
function dockerfileOf(inputs, project, files) {
    const path = inputs.dockerfile ?? (project === undefined ? undefined : (0,external_node_path_.join)(project.folder, 'Dockerfile'));
    if (path === undefined || !isFile(path))
        return undefined;
    const build = readDockerfileBuild(path, buildArgumentsOf(inputs), (file) => files.display(file));
    return { path, folder: (0,external_node_path_.dirname)(path), build };
}
function buildArgumentsOf({ buildArgs }) {
    return Object.fromEntries(buildArgs.map(({ key, value }) => [key, value]));
}
/** @throws InputError INPUT_INVALID when docker is asked for and there is no Dockerfile */
function howOf(inputs, dockerfile) {
    if (dockerfile === undefined) {
        if (inputs.imageBuilder !== 'docker')
            return 'layers';
        const problem = 'is docker, and there is no Dockerfile';
        throw new base_errors/* InputError */.dz(base_codes/* codes */.F.INPUT_INVALID, [{ subject: 'image-builder', problem, example: 'layers' }]);
    }
    if (inputs.imageBuilder === 'docker')
        return 'docker';
    // The Dockerfile of a project copies what its own build makes. Of other carbon applications it says only the base.
    if (inputs.cars.length > 0 && inputs.dockerfile === undefined)
        return 'layers';
    if (dockerfile.build.build.needsDocker.length === 0)
        return 'dockerfile';
    return inputs.imageBuilder === 'layers' ? 'layers' : 'docker';
}
/** @throws InputError BASE_IMAGE_UNKNOWN, IMAGE_REFERENCE_INVALID */
function baseOf(inputs, from, project) {
    if (inputs.baseImage !== undefined)
        return parseReference(inputs.baseImage, 'base-image');
    if (from !== undefined)
        return parseReference(from, 'dockerfile');
    const version = project?.modules
        .map(({ pom }) => pom.properties['project.runtime.version'])
        .find((found) => found !== undefined && /^\d/.test(found));
    if (version !== undefined)
        return parseReference(defaultBase(version), 'base-image');
    throw new base_errors/* InputError */.dz(codes_codes.BASE_IMAGE_UNKNOWN, [
        {
            subject: 'base-image',
            problem: 'is needed: no Dockerfile and no project.runtime.version in the pom say what to build on',
            example: 'wso2/wso2mi:4.4.0',
        },
    ]);
}
/** @throws InputError DEPLOYMENT_TOML_MALFORMED, FILE_UNREADABLE */
function deploymentTomlOf(inputs, dockerfile, project, files) {
    const copied = dockerfile === undefined ? undefined : tomlSourceOf(dockerfile.build.build);
    const fromDockerfile = dockerfile === undefined || copied === undefined ? undefined : (0,external_node_path_.resolve)(dockerfile.folder, copied);
    if (inputs.deploymentToml === undefined && fromDockerfile !== undefined) {
        const problem = !(0,safe_path/* isInside */.F)(files.workspace, fromDockerfile)
            ? 'lies outside the workspace'
            : isFile(fromDockerfile)
                ? undefined
                : 'does not exist, and the Dockerfile copies it';
        if (problem !== undefined) {
            throw new base_errors/* InputError */.dz(base_codes/* codes */.F.FILE_UNREADABLE, [{ subject: files.display(fromDockerfile), problem }]);
        }
    }
    const own = project === undefined ? undefined : (0,external_node_path_.join)(project.folder, 'deployment/deployment.toml');
    const file = inputs.deploymentToml ?? fromDockerfile ?? (own !== undefined && isFile(own) ? own : undefined);
    if (file !== undefined)
        parseDeploymentToml((0,external_node_fs_.readFileSync)(file, 'utf8'), files.display(file));
    return file;
}
/** The source of a COPY to the deployment.toml that MI reads, so that a mistake in it is known before Maven runs. */
function tomlSourceOf({ stages }) {
    for (const { word, rest } of stages.flat()) {
        if (word !== 'COPY' && word !== 'ADD')
            continue;
        const words = jsonList(rest) ?? splitBlanks(rest);
        const [source = '', target = ''] = words;
        if (words.length !== 2 || /[$*?[]/.test(source) || target.includes('/repository/conf'))
            continue;
        const intoFolder = /\/conf\/?$/.test(target) && source.endsWith('deployment.toml');
        if (intoFolder || target.endsWith('/conf/deployment.toml'))
            return source;
    }
    return undefined;
}
function isFile(path) {
    return (0,external_node_fs_.existsSync)(path) && (0,external_node_fs_.statSync)(path).isFile();
}

;// CONCATENATED MODULE: ./actions/build-mi/src/main.ts
/** The flow: project → Maven and its tests → carbon applications → comparison with the sources → image. */
















async function main(inputs, ports) {
    const made = {};
    let failure;
    try {
        await make(made, inputs, ports);
    }
    catch (thrown) {
        failure = thrown;
    }
    const summary = summaryOf(made, ports.files);
    if (summary !== '')
        ports.summary.add(summary);
    return {
        outputs: outputsOf(made, ports),
        facts: factsOf(made, ports.files),
        ...(failure !== undefined && { failure }),
    };
}
async function make(made, inputs, ports) {
    const { files, log, job } = ports;
    checkInputs(inputs, job.platform);
    const prebuilt = inputs.cars.length > 0;
    // Given carbon applications need no project; where there is one, they are compared with it.
    if (!prebuilt || inputs.project !== undefined || hasPom(files.workspace)) {
        made.project = findProject(inputs.project, files);
    }
    const given = prebuilt ? findGivenCars(inputs.cars, files) : undefined;
    const request = imageRequest(inputs, made.project, files, job.sha);
    if (request?.deploymentToml !== undefined)
        checkToml(request.deploymentToml, inputs, ports);
    const preparing = request === undefined ? undefined : prepareImage(request, ports);
    // Maven takes minutes: what is wrong with the base is to be known before. Without it both take an instant, together.
    preparing?.catch(() => undefined);
    if (given === undefined && inputs.builder !== 'native')
        await preparing;
    const cars = given ?? (await build(made, inputs, ports));
    made.applications = await readCarbonApplications(cars, made.project, files);
    for (const { file, car } of made.applications) {
        log.info(`${files.display(file)}: ${car.name} ${car.version} with ${artifactsOf(car).length} artifacts`);
    }
    if (inputs.check !== 'off') {
        const softened = inputs.check === 'warn';
        for (const { findings } of made.applications) {
            for (const finding of findings)
                log.annotate(annotationOf(finding, softened));
        }
        if (!softened)
            requireSame(made.applications);
    }
    if (request !== undefined && preparing !== undefined) {
        made.image = await makeImage(request, await preparing, made.applications, ports);
    }
}
/** @throws InputError DEPLOYMENT_TOML_MISREAD */
function checkToml(path, { check }, { files, log }) {
    if (check === 'off')
        return;
    const file = files.display(path);
    const findings = checkDeploymentToml((0,external_node_fs_.readFileSync)(path, 'utf8'));
    for (const { severity, message, line } of findings) {
        log.annotate({ level: check === 'error' ? severity : 'warning', message, file, line });
    }
    const problems = findings
        .filter(({ severity }) => severity === 'error')
        .map(({ message, line }) => ({ subject: file, problem: message, location: { file, line } }));
    if (check === 'error' && problems.length > 0)
        throw new base_errors/* InputError */.dz(codes_codes.DEPLOYMENT_TOML_MISREAD, problems);
}
/** @throws ToolError when Maven or a test failed; VerificationError CAR_NOT_BUILT; InputError MAVEN_NEEDED */
async function build(made, inputs, ports) {
    const { files, log } = ports;
    const project = made.project ?? findProject(inputs.project, files);
    const { builder, obstacles } = chooseBuilder(inputs, project, files);
    if (builder === 'native') {
        made.native = await buildNatively(project, inputs, ports);
        const unproven = obstacles.map(({ what }) => `\n  ${what}`).join('');
        const doubt = unproven === '' ? '' : ` Whether Maven would pack the same cannot be told:${unproven}`;
        log.info(`Packaged without Maven in ${(0,duration/* formatDuration */.a)(made.native.durationMs)}.${doubt}`);
        return [made.native.car];
    }
    if (obstacles.length > 0) {
        log.info(`Maven builds: ${obstacles.map(({ what }) => what).join('; ')}.`);
    }
    await requireSuitableJdk(project, { skipTests: inputs.skipTests, arguments: inputs.mavenArgs }, ports);
    const options = {
        goals: inputs.goals.split(/\s+/).filter((goal) => goal !== ''),
        profiles: inputs.profiles,
        arguments: inputs.mavenArgs,
        settings: inputs.settings,
        skipTests: inputs.skipTests,
        timeoutMs: inputs.timeout,
    };
    const result = await buildProject(project, options, ports);
    made.build = result;
    for (const annotation of result.annotations)
        log.annotate(annotation);
    if (result.failure !== undefined)
        throw result.failure;
    log.info(`Maven: ${(0,duration/* formatDuration */.a)(result.durationMs)}, ${sayCounts(countTests(result.tests.cases))}`);
    const ran = result.console.goals.some(({ goal }) => goal === 'car');
    return findBuiltCars(project.modules.map(({ folder }) => folder), result.startedAt, files, ran ? undefined : `No goal 'car' ran: no pom binds it to a phase that '${inputs.goals}' reaches.`);
}
function outputsOf(made, { files }) {
    const { applications, build: result, image } = made;
    return {
        cars: applications?.map(({ file }) => files.display(file)).join('\n'),
        carbonApplications: applications === undefined
            ? undefined
            : JSON.stringify(applications.map(({ car }) => ({ name: car.name, version: car.version, artifacts: artifactsOf(car) }))),
        tests: result === undefined ? undefined : JSON.stringify(countTests(result.tests.cases)),
        image: image?.pushed === true ? `${image.repository}@${image.digest}` : undefined,
        digest: image?.digest,
        tags: image?.pushed === true ? image.tags.join('\n') : undefined,
    };
}


/***/ }),

/***/ 5270:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ parseBytes),
/* harmony export */   z: () => (/* binding */ formatBytes)
/* harmony export */ });
const units = {
    '': 1,
    k: 1000,
    m: 1000 ** 2,
    g: 1000 ** 3,
    ki: 1024,
    mi: 1024 ** 2,
    gi: 1024 ** 3,
};
/** Reads a size such as "512", "64Mi", "1.5G" (Kubernetes suffixes, an optional trailing B). Gives bytes or undefined. */
function parseBytes(text) {
    const match = /^(\d+(?:\.\d+)?)\s*(ki|mi|gi|k|m|g|)b?$/i.exec(text.trim());
    if (match === null)
        return undefined;
    const bytes = Math.round(Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? Number.NaN));
    return Number.isSafeInteger(bytes) ? bytes : undefined;
}
/** Bytes as a person reads them: "4.0 kB", "273 MB". Decimal units, as registries and browsers show them. */
function formatBytes(bytes) {
    if (bytes < 1000)
        return `${bytes} B`;
    let value = bytes;
    for (const unit of ['kB', 'MB', 'GB', 'TB']) {
        value /= 1000;
        if (value < 999.5)
            return `${value < 9.95 ? value.toFixed(1) : Math.round(value).toString()} ${unit}`;
    }
    return `${Math.round(value)} TB`;
}


/***/ }),

/***/ 2215:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ codes)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5026);

/** Failures that any action can meet. */
const codes = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .defineCodes */ .Oo)({
    INPUT_INVALID: {
        title: 'An input is missing, unknown or malformed',
        meaning: 'The step was given inputs that it cannot work with. Nothing was started.',
        remedy: 'Correct the inputs named in the message; each shows a valid example.',
    },
    FILE_UNREADABLE: {
        title: 'A file cannot be read',
        meaning: 'A file that an input names does not exist, is not readable, or is larger than the limit.',
        remedy: 'Check the path (relative to the workspace) and that the checkout step ran before.',
    },
    TOOL_MISSING: {
        title: 'A program is not installed',
        meaning: 'A command line tool that the step needs is not on the PATH of the runner.',
        remedy: 'Install it in an earlier step, or use a runner image that has it.',
    },
    TOOL_TIMEOUT: {
        title: 'A program did not end in time',
        meaning: 'A command line tool ran longer than its deadline and was ended together with its children.',
        remedy: 'Look at its last output in the summary. Raise the timeout if the work is really that long.',
    },
    TOOL_FAILED: {
        title: 'A program failed',
        meaning: 'A command line tool ended with an exit code other than 0 and no known cause was found in its output.',
        remedy: "Read the tool's own words in the summary.",
    },
    SERVICE_UNREACHABLE: {
        title: 'A service cannot be reached',
        meaning: 'No connection could be made, or it broke before an answer was complete, also after retries.',
        remedy: 'Check host, port, proxy variables (HTTPS_PROXY, NO_PROXY) and firewall from the runner.',
    },
    SERVICE_TIMEOUT: {
        title: 'A service did not answer in time',
        meaning: 'The connection stood, and no answer (or no further part of it) came before the deadline.',
        remedy: 'Check the load of the service; raise the timeout input where the step has one.',
    },
    SERVICE_TLS: {
        title: "A service's certificate is not trusted",
        meaning: 'The TLS certificate is expired, for another host, or signed by an authority that the runner does not know.',
        remedy: 'Give the authority’s certificate through the CA file input. Verification is never switched off.',
    },
    SERVICE_TOO_LARGE: {
        title: 'An answer is larger than allowed',
        meaning: 'A service sent more than the limit for this kind of answer. Reading stopped there.',
        remedy: 'Check that the URL points to the right service; a login page or a download answers like this.',
    },
    CANCELLED: {
        title: 'The run was cancelled',
        meaning: 'GitHub (or a person) ended the step. Child processes were ended and private files removed.',
        remedy: 'Run it again: every step starts from what really is there.',
    },
    INTERNAL: {
        title: 'An unexpected failure in the action itself',
        meaning: 'The action met a case that its authors did not foresee. This is a bug.',
        remedy: 'Please report it with the message and the report file of the step.',
    },
});


/***/ }),

/***/ 4069:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/**
 * Reads a duration such as "90s", "10m", "1h30m" or "250ms". Gives milliseconds, or undefined when it is not one.
 * A bare number is refused: nobody can tell seconds from milliseconds in somebody else's workflow.
 */
function parseDuration(text) {
    const trimmed = text.trim();
    if (trimmed === '0')
        return 0;
    if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(trimmed))
        return undefined;
    let total = 0;
    for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
        total += Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN);
    }
    return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}
/** Milliseconds as a person reads them: "840 ms", "12.4 s", "3 min 5 s", "1 h 20 min". */
function formatDuration(ms) {
    if (ms < 1000)
        return `${Math.round(ms)} ms`;
    if (ms < 60_000)
        return `${(Math.floor(ms / 100) / 10).toString()} s`;
    const seconds = Math.floor(ms / 1000);
    if (seconds < 3600) {
        const rest = seconds % 60;
        return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
    }
    const minutes = Math.floor(seconds / 60) % 60;
    return `${Math.floor(seconds / 3600)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
}


/***/ }),

/***/ 5026:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Oo: () => (/* binding */ defineCodes),
/* harmony export */   VE: () => (/* binding */ DeliveryError),
/* harmony export */   _7: () => (/* binding */ ServiceError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   cc: () => (/* binding */ CancelledError),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   mk: () => (/* binding */ VerificationError),
/* harmony export */   v4: () => (/* binding */ ToolError)
/* harmony export */ });
/** Declares the error codes of one room: the keys are the codes. */
function defineCodes(codes) {
    return Object.fromEntries(Object.entries(codes).map(([code, text]) => [code, { code, ...text }]));
}
/** What every failure of an action is: a documented code, a one-line message, a remedy. */
class DeliveryError extends Error {
    code;
    remedy;
    location;
    evidence;
    constructor(code, message, options = {}) {
        super(message, options.cause === undefined ? {} : { cause: options.cause });
        this.name = new.target.name;
        this.code = code.code;
        this.remedy = options.remedy ?? code.remedy;
        this.location = options.location;
        this.evidence = options.evidence;
    }
}
/** The workflow or a file it names has to be changed. Holds every problem found, not the first one alone. */
class InputError extends DeliveryError {
    kind = 'input';
    problems;
    constructor(code, problems, options = {}) {
        const [first] = problems;
        const message = problems.length === 1 && first !== undefined
            ? `${first.subject}: ${first.problem}`
            : `${problems.length} problems: ${problems.map((p) => `${p.subject}: ${p.problem}`).join('; ')}`;
        super(code, message, { location: first?.location, ...options });
        this.problems = problems;
    }
}
/** A command line tool failed, lied, hung or is absent. */
class ToolError extends DeliveryError {
    kind = 'tool';
    command;
    exitCode;
    constructor(code, message, failure) {
        super(code, message, failure);
        this.command = failure.command;
        this.exitCode = failure.exitCode;
    }
}
/** A service (registry, API server, API Manager) refused, failed or did not answer. */
class ServiceError extends DeliveryError {
    kind = 'service';
    method;
    url;
    status;
    constructor(code, message, failure) {
        super(code, message, failure);
        this.method = failure.method;
        this.url = failure.url;
        this.status = failure.status;
    }
}
/** Everything answered, and what runs (or was built) is not what was asked for. */
class VerificationError extends DeliveryError {
    kind = 'verification';
}
/** The run was cancelled (SIGTERM or SIGINT). */
class CancelledError extends DeliveryError {
    kind = 'cancelled';
}
/** The message of whatever was thrown, with its causes, on one line. */
function messageOf(thrown) {
    if (thrown instanceof AggregateError) {
        const inner = thrown.errors.map(messageOf).join('; ');
        return thrown.message === '' ? inner : `${thrown.message}: ${inner}`;
    }
    if (thrown instanceof Error) {
        const own = thrown.message === '' ? thrown.name : thrown.message;
        return thrown.cause === undefined ? own : `${own}: ${messageOf(thrown.cause)}`;
    }
    return String(thrown);
}


/***/ }),

/***/ 6207:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GB: () => (/* binding */ pauseBefore),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   ks: () => (/* binding */ defaultBackoff),
/* harmony export */   ky: () => (/* binding */ isIdempotent),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
/** Methods that may be sent again without changing the outcome (RFC 9110 section 9.2.2), as far as we use them. */
const idempotentMethods = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
/** Answers that say "not now" rather than "no". */
const transientStatuses = new Set([408, 429, 502, 503, 504]);
/** Socket errors after which a new connection may well succeed. */
const transientErrors = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'EAI_AGAIN',
    'ENETUNREACH',
    'EHOSTUNREACH',
    'ERR_STREAM_PREMATURE_CLOSE',
]);
/** True when a request of this kind may be sent again at all. */
function isIdempotent(method) {
    return idempotentMethods.has(method);
}
/** True when an answer or a socket error is worth another attempt. */
function isTransient(outcome) {
    return ((outcome.status !== undefined && transientStatuses.has(outcome.status)) ||
        (outcome.errorCode !== undefined && transientErrors.has(outcome.errorCode)));
}
/**
 * Retry-After in both of its forms, seconds and HTTP-date (RFC 9110 section 10.2.3). Gives milliseconds from `now`,
 * never negative; undefined when absent or unreadable.
 */
function parseRetryAfter(value, now) {
    if (value === undefined)
        return undefined;
    const text = value.trim();
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
/** What every HTTP call uses unless told otherwise. */
const defaultBackoff = { baseMs: 500, capMs: 8000, longestWaitMs: 60_000 };
/**
 * The pause before attempt `attempt` (the second attempt is 2): full jitter between half of the exponential step and
 * the whole of it; a server's Retry-After wins. undefined: do not try again, the server asks for too long a pause.
 * @param random a number in [0, 1)
 */
function pauseBefore(attempt, random, retryAfterMs, backoff = defaultBackoff) {
    if (retryAfterMs !== undefined) {
        return retryAfterMs > backoff.longestWaitMs ? undefined : retryAfterMs;
    }
    const step = Math.min(backoff.capMs, backoff.baseMs * 2 ** (attempt - 2));
    return Math.round(step / 2 + (step / 2) * random);
}


/***/ }),

/***/ 8994:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ isInside),
/* harmony export */   l: () => (/* binding */ safeRelativePath)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);

/** True when `path` is `folder` itself or lies below it. Both are taken as they are: resolve links before, if they matter. */
function isInside(folder, path) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(folder), (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(path));
    return way === '' || (way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_0__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(way));
}
/**
 * A name from an archive or a registry as a relative path with forward slashes that stays where it is put; undefined
 * when it would leave its folder (absolute, drive letter, `..`), or is no name at all (empty, NUL).
 */
function safeRelativePath(name) {
    const slashed = name.replaceAll('\\', '/');
    if (slashed === '' || slashed.includes('\0') || slashed.startsWith('/') || /^[a-z]:/i.test(slashed))
        return undefined;
    const parts = slashed.split('/').filter((part) => part !== '' && part !== '.');
    return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}


/***/ }),

/***/ 3119:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   YC: () => (/* binding */ editDistance),
/* harmony export */   au: () => (/* binding */ didYouMean)
/* harmony export */ });
/* unused harmony export nearest */
/** Edit distance with transpositions (optimal string alignment). */
function editDistance(a, b) {
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            let best = Math.min(substitution, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
                best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
            }
            row.push(best);
        }
        beforeLast = last;
        last = row;
    }
    return last[b.length] ?? 0;
}
/** The candidate that was probably meant, or undefined when none is near. Case and separators weigh little. */
function nearest(word, candidates) {
    const plain = (text) => text.toLowerCase().replace(/[-_\s]/g, '');
    let best;
    let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(plain(word), plain(candidate));
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}
/** " Did you mean 'x'?" or an empty text: to end an error message with. */
function didYouMean(word, candidates) {
    const candidate = nearest(word, candidates);
    return candidate === undefined ? '' : ` Did you mean '${candidate}'?`;
}


/***/ }),

/***/ 3282:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ neutralise),
/* harmony export */   RT: () => (/* binding */ tail),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   U9: () => (/* binding */ count)
/* harmony export */ });
/* unused harmony export shortImage */
/**
 * Makes foreign text safe for a job log and for GitHub's runner: ANSI sequences and control characters go, and a line
 * that the runner would take for a workflow command (`::error::`, the older `##[error]`) is defused by a zero width
 * space in front of its marker.
 */
function neutralise(text) {
    return text
        .replace(/\r\n?/g, '\n')
        .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g, '')
        .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
        .replace(/^(\s*)(::|##\[)/gm, '$1\u200b$2');
}
/** The last `lines` lines of a text, and no more than `maxChars` characters of them. Says what it left out. */
function tail(text, lines, maxChars = 16_000) {
    const all = text.replace(/\n+$/, '').split('\n');
    let kept = all.slice(-lines);
    while (kept.length > 1 && kept.reduce((sum, line) => sum + line.length + 1, 0) > maxChars)
        kept = kept.slice(1);
    const dropped = all.length - kept.length;
    const body = kept.join('\n').slice(-maxChars);
    return dropped === 0 ? body : `… ${dropped} earlier ${dropped === 1 ? 'line' : 'lines'} left out\n${body}`;
}
/** An image reference with its digest cut to the twelve digits that people compare. */
function shortImage(image) {
    return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1…');
}
/** "1 artifact", "3 artifacts". */
function count(n, singular, plural = `${singular}s`) {
    return `${n} ${n === 1 ? singular : plural}`;
}
/** A text on one line, at most `max` characters long. */
function oneLine(text, max = 300) {
    const line = text.replace(/\s+/g, ' ').trim();
    return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}


/***/ }),

/***/ 9529:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ MalformedError)
/* harmony export */ });
/** A text or archive is not in its format. Floors above turn it into an error with a code and a file name. */
class MalformedError extends Error {
    /** Counted from 1; undefined where the format has no lines. */
    line;
    column;
    constructor(message, place = {}) {
        super(message);
        this.name = 'MalformedError';
        this.line = place.line;
        this.column = place.column;
    }
}


/***/ }),

/***/ 9523:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   Ix: () => (/* binding */ facts),
/* harmony export */   Z8: () => (/* binding */ marks),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   uW: () => (/* binding */ section),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3282);

/**
 * Builders for GitHub-flavoured Markdown as a job summary shows it. All take foreign text as it is and escape it;
 * only `details` and `section` take finished Markdown as their body.
 */
/** Foreign text for use inside a Markdown line: no HTML, no emphasis, no links, no mentions. */
function escapeMarkdown(text) {
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralise */ .$0)(text)
        .replace(/\s*\n\s*/g, ' ')
        .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c)
        .replace(/[\\`*_[\]|~#]/g, '\\$&')
        .replace(/@/g, '@\u200b')
        .replace(/(https?):\/\//g, '$1:\u200b//');
}
/** Foreign text as inline code. */
function code(text) {
    const line = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralise */ .$0)(text)
        .replace(/\s*\n\s*/g, ' ')
        .replaceAll('|', '\\|');
    if (line === '')
        return '';
    const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
    const fence = '`'.repeat(longest + 1);
    const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${line}${pad}${fence}`;
}
/** Foreign text as a block of code. */
function codeBlock(text, language = 'text') {
    const body = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralise */ .$0)(text).replace(/\n+$/, '');
    const longest = Math.max(2, ...[...body.matchAll(/^\s*(`{3,})/gm)].map((run) => run[1]?.length ?? 0));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${body}\n${fence}\n`;
}
/** A table; the cells are finished Markdown (use escapeMarkdown or code). */
function table(head, rows) {
    const line = (cells) => `| ${cells.map((cell) => cell.replace(/\n/g, '<br>')).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n') + '\n';
}
/** Named facts as a list; the values are finished Markdown, and a name without a value is left out. */
function facts(rows) {
    return rows
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `- **${escapeMarkdown(name)}:** ${value}\n`)
        .join('');
}
/** A folded part; the title is foreign text, the body finished Markdown. */
function details(title, body, open = false) {
    const safeTitle = escapeMarkdown(title).replace(/\\([\\`*_[\]|~#])/g, '$1');
    return `<details${open ? ' open' : ''}><summary>${safeTitle}</summary>\n\n${body.trim()}\n\n</details>\n`;
}
/** A heading (foreign text) and what stands under it (finished Markdown), parts separated by empty lines. */
function section(level, title, ...body) {
    return [`${'#'.repeat(level)} ${escapeMarkdown(title)}`, ...body.map((part) => part.trim())]
        .filter((part) => part !== '')
        .join('\n\n')
        .concat('\n');
}
/** The marks of every summary and every log line of ours. */
const marks = {
    good: '✅',
    bad: '❌',
    warning: '⚠️',
    pending: '⏳',
    unchanged: '➖',
    skipped: '⏭️',
    back: '↩️',
    added: '🆕',
    changed: '✏️',
    repeated: '🔁',
};


/***/ }),

/***/ 1865:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  hN: () => (/* binding */ parseYaml)
});

// UNUSED EXPORTS: formatYaml, parseYamlDocuments

;// CONCATENATED MODULE: ./packages/shared/node_modules/js-yaml/dist/js-yaml.mjs
/*! js-yaml 5.5.0 https://github.com/nodeca/js-yaml @license MIT */
//#region src/tag.ts
/**
* Returned by a scalar resolver when the source does not match its tag.
*
* @category Tags
*/
var NOT_RESOLVED = Symbol("NOT_RESOLVED");
/**
* Create a normalized scalar tag definition.
*
* @category Tags
*/
function defineScalarTag(tagName, options) {
	return {
		tagName,
		nodeKind: "scalar",
		implicit: options.implicit ?? false,
		matchByTagPrefix: options.matchByTagPrefix ?? false,
		implicitFirstChars: options.implicitFirstChars ?? null,
		resolve: options.resolve,
		identify: options.identify,
		represent: options.represent ?? ((data) => String(data)),
		representTagName: options.representTagName ?? (() => tagName)
	};
}
/**
* Create a normalized sequence tag definition.
*
* @category Tags
*/
function defineSequenceTag(tagName, options) {
	const carrierIsResult = options.finalize === void 0;
	return {
		tagName,
		nodeKind: "sequence",
		implicit: false,
		matchByTagPrefix: options.matchByTagPrefix ?? false,
		create: options.create,
		addItem: options.addItem,
		finalize: options.finalize ?? ((carrier) => carrier),
		carrierIsResult,
		identify: options.identify,
		represent: options.represent ?? ((data) => data),
		representTagName: options.representTagName ?? (() => tagName)
	};
}
/**
* Create a normalized mapping tag definition.
*
* @category Tags
*/
function defineMappingTag(tagName, options) {
	const carrierIsResult = options.finalize === void 0;
	return {
		tagName,
		nodeKind: "mapping",
		implicit: false,
		matchByTagPrefix: options.matchByTagPrefix ?? false,
		create: options.create,
		addPair: options.addPair,
		has: options.has,
		keys: options.keys,
		get: options.get,
		finalize: options.finalize ?? ((carrier) => carrier),
		carrierIsResult,
		identify: options.identify,
		represent: options.represent ?? ((data) => data),
		representTagName: options.representTagName ?? (() => tagName)
	};
}
//#endregion
//#region src/tag/scalar/str.ts
/** @category Tags */
var strTag = defineScalarTag("tag:yaml.org,2002:str", {
	resolve: (source) => source,
	identify: (data) => typeof data === "string"
});
//#endregion
//#region src/tag/scalar/null_core.ts
var NULL_VALUES$1 = [
	"",
	"~",
	"null",
	"Null",
	"NULL"
];
/** @category Tags */
var nullCoreTag = defineScalarTag("tag:yaml.org,2002:null", {
	implicit: true,
	implicitFirstChars: [
		"",
		"~",
		"n",
		"N"
	],
	resolve: (source) => {
		if (NULL_VALUES$1.indexOf(source) !== -1) return null;
		return NOT_RESOLVED;
	},
	identify: (object) => object === null,
	represent: () => "null"
});
//#endregion
//#region src/tag/scalar/null_json.ts
/** @category Tags */
var nullJsonTag = defineScalarTag("tag:yaml.org,2002:null", {
	implicit: true,
	implicitFirstChars: ["n"],
	resolve: (source, isExplicit) => {
		if (source === "null" || isExplicit && source === "") return null;
		return NOT_RESOLVED;
	},
	identify: (object) => object === null,
	represent: () => "null"
});
//#endregion
//#region src/tag/scalar/null_yaml11.ts
var NULL_VALUES = [
	"",
	"~",
	"null",
	"Null",
	"NULL"
];
/** @category Tags */
var nullYaml11Tag = defineScalarTag("tag:yaml.org,2002:null", {
	implicit: true,
	implicitFirstChars: [
		"",
		"~",
		"n",
		"N"
	],
	resolve: (source) => {
		if (NULL_VALUES.indexOf(source) !== -1) return null;
		return NOT_RESOLVED;
	},
	identify: (object) => object === null,
	represent: () => "null"
});
//#endregion
//#region src/tag/scalar/bool_core.ts
var TRUE_VALUES$2 = [
	"true",
	"True",
	"TRUE"
];
var FALSE_VALUES$2 = [
	"false",
	"False",
	"FALSE"
];
/** @category Tags */
var boolCoreTag = defineScalarTag("tag:yaml.org,2002:bool", {
	implicit: true,
	implicitFirstChars: [
		"t",
		"T",
		"f",
		"F"
	],
	resolve: (source) => {
		if (TRUE_VALUES$2.indexOf(source) !== -1) return true;
		if (FALSE_VALUES$2.indexOf(source) !== -1) return false;
		return NOT_RESOLVED;
	},
	identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
	represent: (object) => object ? "true" : "false"
});
//#endregion
//#region src/tag/scalar/bool_json.ts
var TRUE_VALUES$1 = ["true"];
var FALSE_VALUES$1 = ["false"];
/** @category Tags */
var boolJsonTag = defineScalarTag("tag:yaml.org,2002:bool", {
	implicit: true,
	implicitFirstChars: ["t", "f"],
	resolve: (source) => {
		if (TRUE_VALUES$1.indexOf(source) !== -1) return true;
		if (FALSE_VALUES$1.indexOf(source) !== -1) return false;
		return NOT_RESOLVED;
	},
	identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
	represent: (object) => object ? "true" : "false"
});
//#endregion
//#region src/tag/scalar/bool_yaml11.ts
var TRUE_VALUES = [
	"true",
	"True",
	"TRUE",
	"y",
	"Y",
	"yes",
	"Yes",
	"YES",
	"on",
	"On",
	"ON"
];
var FALSE_VALUES = [
	"false",
	"False",
	"FALSE",
	"n",
	"N",
	"no",
	"No",
	"NO",
	"off",
	"Off",
	"OFF"
];
/** @category Tags */
var boolYaml11Tag = defineScalarTag("tag:yaml.org,2002:bool", {
	implicit: true,
	implicitFirstChars: [
		"y",
		"Y",
		"n",
		"N",
		"t",
		"T",
		"f",
		"F",
		"o",
		"O"
	],
	resolve: (source) => {
		if (TRUE_VALUES.indexOf(source) !== -1) return true;
		if (FALSE_VALUES.indexOf(source) !== -1) return false;
		return NOT_RESOLVED;
	},
	identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
	represent: (object) => object ? "true" : "false"
});
//#endregion
//#region src/tag/scalar/int_core.ts
var YAML_INTEGER_IMPLICIT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
var YAML_INTEGER_EXPLICIT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
function parseYamlInteger$2(source) {
	let value = source;
	let sign = 1;
	if (value[0] === "-" || value[0] === "+") {
		if (value[0] === "-") sign = -1;
		value = value.slice(1);
	}
	if (value.startsWith("0b")) return sign * parseInt(value.slice(2), 2);
	if (value.startsWith("0o")) return sign * parseInt(value.slice(2), 8);
	if (value.startsWith("0x")) return sign * parseInt(value.slice(2), 16);
	return sign * parseInt(value, 10);
}
function resolveYamlInteger$2(source, isExplicit) {
	if (isExplicit) {
		if (!YAML_INTEGER_EXPLICIT_PATTERN$1.test(source)) return NOT_RESOLVED;
	} else if (!YAML_INTEGER_IMPLICIT_PATTERN$1.test(source)) return NOT_RESOLVED;
	const result = parseYamlInteger$2(source);
	return Number.isFinite(result) ? result : NOT_RESOLVED;
}
/** @category Tags */
var intCoreTag = defineScalarTag("tag:yaml.org,2002:int", {
	implicit: true,
	implicitFirstChars: [
		"-",
		"+",
		..."0123456789"
	],
	resolve: resolveYamlInteger$2,
	identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
	represent: (object) => object.toString(10)
});
//#endregion
//#region src/tag/scalar/int_json.ts
var YAML_INTEGER_IMPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^-?(?:0|[1-9][0-9]*)$");
var YAML_INTEGER_EXPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
function parseYamlInteger$1(source) {
	let value = source;
	let sign = 1;
	if (value[0] === "-" || value[0] === "+") {
		if (value[0] === "-") sign = -1;
		value = value.slice(1);
	}
	if (value.startsWith("0b")) return sign * parseInt(value.slice(2), 2);
	if (value.startsWith("0o")) return sign * parseInt(value.slice(2), 8);
	if (value.startsWith("0x")) return sign * parseInt(value.slice(2), 16);
	return sign * parseInt(value, 10);
}
function resolveYamlInteger$1(source, isExplicit) {
	if (isExplicit) {
		if (!YAML_INTEGER_EXPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
	} else if (!YAML_INTEGER_IMPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
	const result = parseYamlInteger$1(source);
	return Number.isFinite(result) ? result : NOT_RESOLVED;
}
/** @category Tags */
var intJsonTag = defineScalarTag("tag:yaml.org,2002:int", {
	implicit: true,
	implicitFirstChars: ["-", ..."0123456789"],
	resolve: resolveYamlInteger$1,
	identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
	represent: (object) => object.toString(10)
});
//#endregion
//#region src/tag/scalar/int_yaml11.ts
var YAML_INTEGER_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+|[-+]?(?:0|[1-9][0-9_]*))$");
function parseYamlInteger(source) {
	let value = source.replace(/_/g, "");
	let sign = 1;
	if (value[0] === "-" || value[0] === "+") {
		if (value[0] === "-") sign = -1;
		value = value.slice(1);
	}
	if (value.startsWith("0b")) return sign * parseInt(value.slice(2), 2);
	if (value.startsWith("0x")) return sign * parseInt(value.slice(2), 16);
	if (value.includes(":")) {
		let result = 0;
		for (const part of value.split(":")) result = result * 60 + Number(part);
		return sign * result;
	}
	if (value !== "0" && value[0] === "0") return sign * parseInt(value, 8);
	return sign * parseInt(value, 10);
}
function resolveYamlInteger(source) {
	if (!YAML_INTEGER_PATTERN.test(source)) return NOT_RESOLVED;
	const result = parseYamlInteger(source);
	return Number.isFinite(result) ? result : NOT_RESOLVED;
}
/** @category Tags */
var intYaml11Tag = defineScalarTag("tag:yaml.org,2002:int", {
	implicit: true,
	implicitFirstChars: [
		"-",
		"+",
		..."0123456789"
	],
	resolve: resolveYamlInteger,
	identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
	represent: (object) => object.toString(10)
});
//#endregion
//#region src/tag/scalar/float_core.ts
var YAML_FLOAT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
var YAML_FLOAT_SPECIAL_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat$2(source) {
	if (!YAML_FLOAT_PATTERN$1.test(source)) return NOT_RESOLVED;
	let value = source.toLowerCase();
	const sign = value[0] === "-" ? -1 : 1;
	if ("+-".includes(value[0])) value = value.slice(1);
	if (value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
	if (value === ".nan") return NaN;
	const result = sign * parseFloat(value);
	if (Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN$1.test(source)) return result;
	return NOT_RESOLVED;
}
function representYamlFloat$2(object) {
	if (isNaN(object)) return ".nan";
	if (object === Number.POSITIVE_INFINITY) return ".inf";
	if (object === Number.NEGATIVE_INFINITY) return "-.inf";
	if (Object.is(object, -0)) return "-0.0";
	const result = object.toString(10);
	return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
/** @category Tags */
var floatCoreTag = defineScalarTag("tag:yaml.org,2002:float", {
	implicit: true,
	implicitFirstChars: [
		"-",
		"+",
		".",
		..."0123456789"
	],
	resolve: resolveYamlFloat$2,
	identify: (object) => typeof object === "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
	represent: representYamlFloat$2
});
//#endregion
//#region src/tag/scalar/float_json.ts
var YAML_FLOAT_IMPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$");
var YAML_FLOAT_EXPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat$1(source, isExplicit) {
	if (isExplicit) {
		if (!YAML_FLOAT_EXPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
		let value = source.toLowerCase();
		const sign = value[0] === "-" ? -1 : 1;
		if ("+-".includes(value[0])) value = value.slice(1);
		if (value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
		if (value === ".nan") return NaN;
		const result = sign * parseFloat(value);
		return Number.isFinite(result) ? result : NOT_RESOLVED;
	}
	if (!YAML_FLOAT_IMPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
	const result = Number(source);
	if (Number.isFinite(result)) return result;
	return NOT_RESOLVED;
}
function representYamlFloat$1(object) {
	if (isNaN(object)) return ".nan";
	if (object === Number.POSITIVE_INFINITY) return ".inf";
	if (object === Number.NEGATIVE_INFINITY) return "-.inf";
	if (Object.is(object, -0)) return "-0.0";
	const result = object.toString(10);
	return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
/** @category Tags */
var floatJsonTag = defineScalarTag("tag:yaml.org,2002:float", {
	implicit: true,
	implicitFirstChars: ["-", ..."0123456789"],
	resolve: resolveYamlFloat$1,
	identify: (object) => typeof object === "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
	represent: representYamlFloat$1
});
//#endregion
//#region src/tag/scalar/float_yaml11.ts
var YAML_FLOAT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?(?:(?:[0-9][0-9_]*)?\\.[0-9_]*)(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
var YAML_FLOAT_SPECIAL_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat(source) {
	if (!YAML_FLOAT_PATTERN.test(source)) return NOT_RESOLVED;
	let value = source.toLowerCase().replace(/_/g, "");
	const sign = value[0] === "-" ? -1 : 1;
	if ("+-".includes(value[0])) value = value.slice(1);
	if (value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
	if (value === ".nan") return NaN;
	let result = 0;
	if (value.includes(":")) {
		for (const part of value.split(":")) result = result * 60 + Number(part);
		result *= sign;
	} else result = sign * parseFloat(value);
	if (Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN.test(source)) return result;
	return NOT_RESOLVED;
}
function representYamlFloat(object) {
	if (isNaN(object)) return ".nan";
	if (object === Number.POSITIVE_INFINITY) return ".inf";
	if (object === Number.NEGATIVE_INFINITY) return "-.inf";
	if (Object.is(object, -0)) return "-0.0";
	const result = object.toString(10);
	return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
/** @category Tags */
var floatYaml11Tag = defineScalarTag("tag:yaml.org,2002:float", {
	implicit: true,
	implicitFirstChars: [
		"-",
		"+",
		".",
		..."0123456789"
	],
	resolve: resolveYamlFloat,
	identify: (object) => typeof object === "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
	represent: representYamlFloat
});
//#endregion
//#region src/tag/scalar/merge.ts
/**
* Enables merge keys in {@link CORE_SCHEMA} when added with
* {@link Schema.withTags}.
*
* @category Tags
*/
var mergeTag = defineScalarTag("tag:yaml.org,2002:merge", {
	implicit: true,
	implicitFirstChars: ["<"],
	resolve: (source, isExplicit) => {
		if (source === "<<" || isExplicit && source === "") return "<<";
		return NOT_RESOLVED;
	},
	identify: () => false
});
//#endregion
//#region src/tag/scalar/binary.ts
var BASE64_PATTERN = /^[A-Za-z0-9+/]*={0,2}$/;
function resolveYamlBinary(source) {
	const input = source.replace(/\s/g, "");
	if (input.length % 4 !== 0 || !BASE64_PATTERN.test(input)) return NOT_RESOLVED;
	const binary = atob(input);
	const result = new Uint8Array(binary.length);
	for (let index = 0; index < binary.length; index++) result[index] = binary.charCodeAt(index);
	return result;
}
function representYamlBinary(object) {
	let binary = "";
	for (let index = 0; index < object.length; index++) binary += String.fromCharCode(object[index]);
	return btoa(binary);
}
/**
* The `!!binary` tag, represented as a `Uint8Array`.
*
* @category Tags
*/
var binaryTag = defineScalarTag("tag:yaml.org,2002:binary", {
	resolve: resolveYamlBinary,
	identify: (object) => Object.prototype.toString.call(object) === "[object Uint8Array]",
	represent: representYamlBinary
});
//#endregion
//#region src/tag/scalar/timestamp.ts
var YAML_DATE_REGEXP = /* @__PURE__ */ new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9])-([0-9][0-9])$");
var YAML_TIMESTAMP_REGEXP = /* @__PURE__ */ new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9]?)-([0-9][0-9]?)(?:[Tt]|[ \\t]+)([0-9][0-9]?):([0-9][0-9]):([0-9][0-9])(?:\\.([0-9]*))?(?:[ \\t]*(Z|([-+])([0-9][0-9]?)(?::([0-9][0-9]))?))?$");
function makeUtcDate(year, month, day, hour = 0, minute = 0, second = 0, fraction = 0) {
	const date = new Date(Date.UTC(year, month, day, hour, minute, second, fraction));
	date.setUTCFullYear(year, month, day);
	return date;
}
function resolveYamlTimestamp(source) {
	let match = YAML_DATE_REGEXP.exec(source);
	if (match === null) match = YAML_TIMESTAMP_REGEXP.exec(source);
	if (match === null) return NOT_RESOLVED;
	const year = +match[1];
	const month = +match[2] - 1;
	const day = +match[3];
	if (!match[4]) {
		const date = makeUtcDate(year, month, day);
		if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month || date.getUTCDate() !== day) return NOT_RESOLVED;
		return date;
	}
	const hour = +match[4];
	const minute = +match[5];
	const second = +match[6];
	let fraction = 0;
	if (hour > 23 || minute > 59 || second > 59) return NOT_RESOLVED;
	if (match[7]) {
		let value = match[7].slice(0, 3);
		while (value.length < 3) value += "0";
		fraction = +value;
	}
	const date = makeUtcDate(year, month, day, hour, minute, second, fraction);
	if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month || date.getUTCDate() !== day) return NOT_RESOLVED;
	if (match[9]) {
		const offsetHour = +match[10];
		const offsetMinute = +(match[11] || 0);
		if (offsetHour > 23 || offsetMinute > 59) return NOT_RESOLVED;
		const offset = (offsetHour * 60 + offsetMinute) * 6e4;
		date.setTime(date.getTime() - (match[9] === "-" ? -offset : offset));
	}
	return date;
}
/**
* The YAML 1.1 `!!timestamp` tag, represented as a JavaScript `Date`.
*
* @category Tags
*/
var timestampTag = defineScalarTag("tag:yaml.org,2002:timestamp", {
	implicit: true,
	implicitFirstChars: [..."0123456789"],
	resolve: resolveYamlTimestamp,
	identify: (object) => object instanceof Date,
	represent: (object) => object.toISOString()
});
//#endregion
//#region src/tag/sequence/seq.ts
/** @category Tags */
var seqTag = defineSequenceTag("tag:yaml.org,2002:seq", {
	create: () => [],
	addItem: (container, item) => {
		container.push(item);
	},
	identify: Array.isArray
});
//#endregion
//#region src/common/object.ts
function isPlainObject(data) {
	if (data === null || typeof data !== "object" || Array.isArray(data)) return false;
	const prototype = Object.getPrototypeOf(data);
	return prototype === null || prototype === Object.prototype;
}
function pick(object, keys) {
	const result = {};
	for (const key of keys) if (object[key] !== void 0) result[key] = object[key];
	return result;
}
//#endregion
//#region src/tag/sequence/omap.ts
/**
* Provided only for YAML 1.1 compatibility and supported by the loader only.
* JavaScript has no dedicated class to represent this type, so it cannot be
* identified and dumped.
*
* ```yaml
* !!omap
*   - one: 1
*   - two: 2
* ```
*
* is loaded as
*
* ```javascript
* [
*   { one: 1 },
*   { two: 2 }
* ]
* ```
*
* @category Tags
*/
var omapTag = defineSequenceTag("tag:yaml.org,2002:omap", {
	create: () => ({
		list: [],
		seen: /* @__PURE__ */ new Set()
	}),
	addItem: (carrier, item) => {
		let key;
		if (item instanceof Map) {
			if (item.size !== 1) return "cannot resolve an ordered map item";
			key = item.keys().next().value;
		} else if (isPlainObject(item)) {
			const itemKeys = Object.keys(item);
			if (itemKeys.length !== 1) return "cannot resolve an ordered map item";
			key = itemKeys[0];
		} else return "cannot resolve an ordered map item";
		if (carrier.seen.has(key)) return "duplicate key in ordered map";
		carrier.seen.add(key);
		carrier.list.push(item);
		return "";
	},
	finalize: (carrier) => carrier.list,
	identify: () => false
});
//#endregion
//#region src/tag/sequence/pairs.ts
/**
* Provided only for YAML 1.1 compatibility and supported by the loader only.
* JavaScript has no dedicated class to represent this type, so it cannot be
* identified and dumped.
*
* ```yaml
* !!pairs
*   - one: 1
*   - two: 2
* ```
*
* is loaded as
*
* ```javascript
* [
*   ['one', 1],
*   ['two', 2]
* ]
* ```
*
* @category Tags
*/
var pairsTag = defineSequenceTag("tag:yaml.org,2002:pairs", {
	create: () => [],
	addItem: (container, item) => {
		if (item instanceof Map) {
			if (item.size !== 1) return "cannot resolve a pairs item";
			container.push(item.entries().next().value);
			return "";
		}
		if (Object.prototype.toString.call(item) !== "[object Object]") return "cannot resolve a pairs item";
		const object = item;
		const keys = Object.keys(object);
		if (keys.length !== 1) return "cannot resolve a pairs item";
		container.push([keys[0], object[keys[0]]]);
		return "";
	},
	identify: () => false
});
//#endregion
//#region src/tag/mapping/map.ts
/**
* This is the default mapping implementation. It uses `{}` objects and has only
* partial functionality due to language limitations. This choice was made
* because users expect to get JavaScript objects, and it was left unchanged to
* avoid too many breaking changes in the v5 release.
*
* Side effects:
*
* - `Object.hasOwn()` checks or `for...of` loops are required for safe use (to
*   avoid falling through to prototypes).
* - Only scalar string keys are supported properly.
* - Other scalar keys, such as `null` and numbers, are converted to strings.
*   This is historical behaviour, and it can cause side effects such as
*   problems with `!!merge`.
*
* Note that non-string scalar keys may be deprecated in future versions.
*
* Ideally, use {@link realMapTag} instead.
*
* @category Tags
*/
var mapTag = defineMappingTag("tag:yaml.org,2002:map", {
	create: () => ({}),
	identify: isPlainObject,
	represent: (o) => {
		const map = /* @__PURE__ */ new Map();
		for (const key of Object.keys(o)) map.set(key, o[key]);
		return map;
	},
	addPair: (container, key, value) => {
		if (key !== null && typeof key === "object") return "object-based map does not support complex keys";
		const normalizedKey = String(key);
		if (normalizedKey === "__proto__") Object.defineProperty(container, normalizedKey, {
			value,
			enumerable: true,
			configurable: true,
			writable: true
		});
		else container[normalizedKey] = value;
		return "";
	},
	has: (container, key) => {
		if (key !== null && typeof key === "object") return false;
		return Object.prototype.hasOwnProperty.call(container, String(key));
	},
	keys: (container) => Object.keys(container),
	get: (container, key) => {
		const normalizedKey = String(key);
		if (!Object.prototype.hasOwnProperty.call(container, normalizedKey)) return null;
		return container[normalizedKey];
	}
});
//#endregion
//#region src/tag/mapping/set.ts
/**
* The YAML 1.1 `!!set` tag, represented as a JavaScript `Set`.
*
* @category Tags
*/
var setTag = defineMappingTag("tag:yaml.org,2002:set", {
	create: () => /* @__PURE__ */ new Set(),
	identify: (data) => data instanceof Set,
	represent: (data) => {
		const map = /* @__PURE__ */ new Map();
		for (const key of data) map.set(key, null);
		return map;
	},
	addPair: (container, key, value) => {
		if (value !== null) return "cannot resolve a set item";
		container.add(key);
		return "";
	},
	has: (container, key) => container.has(key),
	keys: (container) => container.keys(),
	get: () => null
});
//#endregion
//#region src/schema.ts
function createTagDefinitionMap() {
	return {
		scalar: Object.create(null),
		sequence: Object.create(null),
		mapping: Object.create(null)
	};
}
function createTagDefinitionListMap() {
	return {
		scalar: [],
		sequence: [],
		mapping: []
	};
}
function compileTags(tags) {
	const result = [];
	for (const tag of tags) {
		let index = result.length;
		for (let previousIndex = 0; previousIndex < result.length; previousIndex++) {
			const previous = result[previousIndex];
			if (previous.nodeKind === tag.nodeKind && previous.tagName === tag.tagName && previous.matchByTagPrefix === tag.matchByTagPrefix) {
				index = previousIndex;
				break;
			}
		}
		result[index] = tag;
	}
	return result;
}
/**
* Controls tag resolution when loading and type selection when dumping.
*
* @category Schemas
*/
var Schema = class Schema {
	tags;
	/** @internal */
	implicitScalarTags;
	/**
	* Dispatch implicit scalar resolvers by `source.charAt(0)`. Each bucket holds
	* the resolvers that may match that key, in schema order; a key absent from
	* the map uses
	* {@link Schema.implicitScalarAnyFirstChar}
	* (resolvers that declared no first-char constraint, so they apply to any
	* first character).
	*/
	implicitScalarByFirstChar;
	implicitScalarAnyFirstChar;
	/**
	* The default scalar tag (`!!str`), resolved once so the composer's fallback
	* for unresolved plain scalars avoids a keyed lookup per scalar.
	*
	* @internal
	*/
	defaultScalarTag;
	/**
	* The default container tags (`!!seq` / `!!map`), used by the dumper: when a
	* value is identified by its default tag, the tag is implicit and not
	* printed. Undefined if the schema does not define them (then such values
	* can't be dumped).
	*
	* @internal
	*/
	defaultSequenceTag;
	/** @internal */
	defaultMappingTag;
	exact;
	prefix;
	constructor(tags) {
		const compiledTags = compileTags(tags);
		const implicitScalarTags = [];
		const exact = createTagDefinitionMap();
		const prefix = createTagDefinitionListMap();
		for (const tag of compiledTags) {
			if (tag.nodeKind === "scalar" && tag.implicit) {
				if (tag.matchByTagPrefix) throw new Error("Implicit scalar tags cannot match by tag prefix");
				implicitScalarTags.push(tag);
			}
			switch (tag.nodeKind) {
				case "scalar":
					if (tag.matchByTagPrefix) prefix.scalar.push(tag);
					else exact.scalar[tag.tagName] = tag;
					break;
				case "sequence":
					if (tag.matchByTagPrefix) prefix.sequence.push(tag);
					else exact.sequence[tag.tagName] = tag;
					break;
				case "mapping": if (tag.matchByTagPrefix) prefix.mapping.push(tag);
				else exact.mapping[tag.tagName] = tag;
			}
		}
		const implicitScalarAnyFirstChar = implicitScalarTags.filter((tag) => tag.implicitFirstChars === null);
		const keys = /* @__PURE__ */ new Set();
		for (const tag of implicitScalarTags) if (tag.implicitFirstChars !== null) for (const key of tag.implicitFirstChars) keys.add(key);
		const implicitScalarByFirstChar = /* @__PURE__ */ new Map();
		for (const key of keys) implicitScalarByFirstChar.set(key, implicitScalarTags.filter((tag) => tag.implicitFirstChars === null || tag.implicitFirstChars.indexOf(key) !== -1));
		const defaultScalarTag = exact.scalar["tag:yaml.org,2002:str"];
		if (!defaultScalarTag) throw new Error("schema does not define the default scalar tag (tag:yaml.org,2002:str)");
		this.tags = compiledTags;
		this.implicitScalarTags = implicitScalarTags;
		this.implicitScalarByFirstChar = implicitScalarByFirstChar;
		this.implicitScalarAnyFirstChar = implicitScalarAnyFirstChar;
		this.defaultScalarTag = defaultScalarTag;
		this.defaultSequenceTag = exact.sequence["tag:yaml.org,2002:seq"];
		this.defaultMappingTag = exact.mapping["tag:yaml.org,2002:map"];
		this.exact = exact;
		this.prefix = prefix;
	}
	/** @internal */
	lookupScalarTag(tagName) {
		const exactTag = this.exact.scalar[tagName];
		if (exactTag) return exactTag;
		for (const tag of this.prefix.scalar) if (tagName.startsWith(tag.tagName)) return tag;
	}
	/** @internal */
	lookupSequenceTag(tagName) {
		const exactTag = this.exact.sequence[tagName];
		if (exactTag) return exactTag;
		for (const tag of this.prefix.sequence) if (tagName.startsWith(tag.tagName)) return tag;
	}
	/** @internal */
	lookupMappingTag(tagName) {
		const exactTag = this.exact.mapping[tagName];
		if (exactTag) return exactTag;
		for (const tag of this.prefix.mapping) if (tagName.startsWith(tag.tagName)) return tag;
	}
	/** @internal */
	resolveImplicitScalarTag(source) {
		const candidates = this.implicitScalarByFirstChar.get(source.charAt(0)) ?? this.implicitScalarAnyFirstChar;
		for (const tag of candidates) {
			const value = tag.resolve(source, false, tag.tagName);
			if (value !== NOT_RESOLVED) return {
				value,
				tag
			};
		}
		const tag = this.defaultScalarTag;
		return {
			value: tag.resolve(source, false, tag.tagName),
			tag
		};
	}
	/**
	* Creates a new schema with the specified tags added. If a tag already
	* exists, it is replaced by the specified tag.
	*
	* @example
	*
	* ```javascript
	* import { CORE_SCHEMA, mergeTag, realMapTag } from 'js-yaml'
	*
	* const schema = CORE_SCHEMA.withTags(mergeTag, realMapTag)
	* ```
	*/
	withTags(...tags) {
		let flatTags = [];
		for (const tag of tags) flatTags = flatTags.concat(tag);
		return new Schema([...this.tags, ...flatTags]);
	}
};
/**
* The YAML 1.2 Failsafe Schema: strings, sequences, and mappings.
*
* @category Schemas
*/
var FAILSAFE_SCHEMA = new Schema([
	strTag,
	seqTag,
	mapTag
]);
/**
* The YAML 1.2 JSON Schema. It uses JSON scalar forms while retaining YAML
* collection syntax.
*
* @category Schemas
*/
var JSON_SCHEMA = new Schema([
	...FAILSAFE_SCHEMA.tags,
	nullJsonTag,
	boolJsonTag,
	intJsonTag,
	floatJsonTag
]);
/**
* The default schema for the loaders. Note, {@link CORE_SCHEMA} comes
* without the `!!merge` tag. You can easily enable it if needed.
*
* @example
* Enable {@link mergeTag}:
*
* ```javascript
* import { load, CORE_SCHEMA, mergeTag } from 'js-yaml'
*
* try {
*   load(data, { schema: CORE_SCHEMA.withTags(mergeTag) })
* } catch (e) {
*   console.error(e)
* }
* ```
*
* @category Schemas
*/
var CORE_SCHEMA = new Schema([
	...FAILSAFE_SCHEMA.tags,
	nullCoreTag,
	boolCoreTag,
	intCoreTag,
	floatCoreTag
]);
/**
* YAML 1.1-compatible schema.
*
* @category Schemas
*/
var YAML11_SCHEMA = new Schema([
	...FAILSAFE_SCHEMA.tags,
	nullYaml11Tag,
	boolYaml11Tag,
	intYaml11Tag,
	floatYaml11Tag,
	timestampTag,
	mergeTag,
	binaryTag,
	omapTag,
	pairsTag,
	setTag
]);
/**
* The dumper schema for maximum compatibility. It combines all supported type
* variants from YAML 1.1 and YAML 1.2 so strings matching any of them are
* quoted. This makes the generated YAML more compatible with other parsers.
*
* The schema is based on YAML 1.1, but extends `!!int` and `!!float` to accept
* both YAML 1.1 and Core Schema forms, since Core Schema supports some forms
* that YAML 1.1 does not.
*
* @category Schemas
*/
var DUMP_SCHEMA = YAML11_SCHEMA.withTags({
	...intYaml11Tag,
	resolve: (source, isExplicit, tagName) => {
		const result = intYaml11Tag.resolve(source, isExplicit, tagName);
		return result === NOT_RESOLVED ? intCoreTag.resolve(source, isExplicit, tagName) : result;
	}
}, {
	...floatYaml11Tag,
	resolve: (source, isExplicit, tagName) => {
		const result = floatYaml11Tag.resolve(source, isExplicit, tagName);
		return result === NOT_RESOLVED ? floatCoreTag.resolve(source, isExplicit, tagName) : result;
	}
});
//#endregion
//#region src/tag/mapping/real_map.ts
/**
* Recommended when non-string keys are actually needed. It uses native
* JavaScript `Map` objects, so keys keep their constructed types instead of
* being converted to strings.
*
* It is not the default to avoid widespread breaking changes in existing
* projects. `Map` has a different access API and does not pass deep equality
* checks against `{}`-based fixtures. Alongside the other changes in v5,
* making it the default was considered too disruptive.
*
* If these differences are acceptable for your project, we recommend using
* {@link realMapTag} to guarantee the absence of problems and side effects.
*
* @example
* Enable {@link realMapTag}:
*
* ```javascript
* import { load, CORE_SCHEMA, realMapTag } from 'js-yaml'
*
* try {
*   load(data, { schema: CORE_SCHEMA.withTags(realMapTag) })
* } catch (e) {
*   console.error(e)
* }
* ```
*
* @category Tags
*/
var realMapTag = defineMappingTag("tag:yaml.org,2002:map", {
	create: () => /* @__PURE__ */ new Map(),
	addPair: (container, key, value) => {
		container.set(key, value);
		return "";
	},
	has: (container, key) => container.has(key),
	keys: (container) => container.keys(),
	get: (container, key) => container.get(key),
	identify: (data) => data instanceof Map || isPlainObject(data),
	represent: (data) => {
		if (data instanceof Map) return data;
		const map = /* @__PURE__ */ new Map();
		const obj = data;
		for (const key of Object.keys(obj)) map.set(key, obj[key]);
		return map;
	}
});
//#endregion
//#region src/tag/mapping/legacy_map.ts
function normalizeKey(key) {
	if (Array.isArray(key)) {
		const array = Array.prototype.slice.call(key);
		for (let index = 0; index < array.length; index++) {
			if (Array.isArray(array[index])) return null;
			if (typeof array[index] === "object" && Object.prototype.toString.call(array[index]) === "[object Object]") array[index] = "[object Object]";
		}
		return String(array);
	}
	if (typeof key === "object" && Object.prototype.toString.call(key) === "[object Object]") return "[object Object]";
	return String(key);
}
/**
* This implementation exists solely to reproduce v4 behavior exactly. Its use
* is strongly discouraged. If complex or non-string keys are needed, use
* {@link realMapTag} instead.
*
* @category Tags
*/
var legacyMapTag = defineMappingTag("tag:yaml.org,2002:map", {
	create: () => ({}),
	identify: isPlainObject,
	represent: (o) => {
		const map = /* @__PURE__ */ new Map();
		for (const key of Object.keys(o)) map.set(key, o[key]);
		return map;
	},
	addPair: (container, key, value) => {
		const normalizedKey = normalizeKey(key);
		if (normalizedKey === null) return "nested arrays are not supported inside keys";
		if (normalizedKey === "__proto__") Object.defineProperty(container, normalizedKey, {
			value,
			enumerable: true,
			configurable: true,
			writable: true
		});
		else container[normalizedKey] = value;
		return "";
	},
	has: (container, key) => {
		const normalizedKey = normalizeKey(key);
		return normalizedKey !== null && Object.prototype.hasOwnProperty.call(container, normalizedKey);
	},
	keys: (container) => Object.keys(container),
	get: (container, key) => {
		const normalizedKey = String(key);
		if (!Object.prototype.hasOwnProperty.call(container, normalizedKey)) return null;
		return container[normalizedKey];
	}
});
//#endregion
//#region src/common/snippet.ts
var DEFAULT_SNIPPET_OPTIONS = {
	maxLength: 79,
	indent: 1,
	linesBefore: 3,
	linesAfter: 2
};
function getLine(buffer, lineStart, lineEnd, position, maxLineLength) {
	let head = "";
	let tail = "";
	const maxHalfLength = Math.floor(maxLineLength / 2) - 1;
	if (position - lineStart > maxHalfLength) {
		head = " ... ";
		lineStart = position - maxHalfLength + head.length;
	}
	if (lineEnd - position > maxHalfLength) {
		tail = " ...";
		lineEnd = position + maxHalfLength - tail.length;
	}
	return {
		str: head + buffer.slice(lineStart, lineEnd).replace(/\t/g, "→") + tail,
		pos: position - lineStart + head.length
	};
}
function padStart(string, max) {
	return " ".repeat(Math.max(max - string.length, 0)) + string;
}
function makeSnippet(mark, options) {
	if (!mark.buffer) return null;
	const opts = {
		...DEFAULT_SNIPPET_OPTIONS,
		...options
	};
	const re = /\r?\n|\r|\0/g;
	const lineStarts = [0];
	const lineEnds = [];
	let match;
	let foundLineNo = -1;
	while (match = re.exec(mark.buffer)) {
		lineEnds.push(match.index);
		lineStarts.push(match.index + match[0].length);
		if (mark.position <= match.index && foundLineNo < 0) foundLineNo = lineStarts.length - 2;
	}
	if (foundLineNo < 0) foundLineNo = lineStarts.length - 1;
	let result = "";
	const lineNoLength = Math.min(mark.line + opts.linesAfter, lineEnds.length).toString().length;
	const maxLineLength = opts.maxLength - (opts.indent + lineNoLength + 3);
	for (let i = 1; i <= opts.linesBefore; i++) {
		if (foundLineNo - i < 0) break;
		const line = getLine(mark.buffer, lineStarts[foundLineNo - i], lineEnds[foundLineNo - i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo - i]), maxLineLength);
		result = `${" ".repeat(opts.indent)}${padStart((mark.line - i + 1).toString(), lineNoLength)} | ${line.str}\n${result}`;
	}
	const line = getLine(mark.buffer, lineStarts[foundLineNo], lineEnds[foundLineNo], mark.position, maxLineLength);
	result += `${" ".repeat(opts.indent)}${padStart((mark.line + 1).toString(), lineNoLength)} | ${line.str}\n`;
	result += `${"-".repeat(opts.indent + lineNoLength + 3 + line.pos)}^\n`;
	for (let i = 1; i <= opts.linesAfter; i++) {
		if (foundLineNo + i >= lineEnds.length) break;
		const line = getLine(mark.buffer, lineStarts[foundLineNo + i], lineEnds[foundLineNo + i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo + i]), maxLineLength);
		result += `${" ".repeat(opts.indent)}${padStart((mark.line + i + 1).toString(), lineNoLength)} | ${line.str}\n`;
	}
	return result.replace(/\n$/, "");
}
//#endregion
//#region src/common/exception.ts
function formatError(exception, compact) {
	let where = "";
	if (!exception.mark) return exception.reason;
	if (exception.mark.name) where += `in "${exception.mark.name}" `;
	where += `(${exception.mark.line + 1}:${exception.mark.column + 1})`;
	if (!compact && exception.mark.snippet) where += `\n\n${exception.mark.snippet}`;
	return `${exception.reason} ${where}`;
}
/**
* A YAML error. Unlike an ordinary `Error`, it adds a source snippet showing
* the location of the problem to the error message, when available.
*
* @category Main
*/
var YAMLException = class YAMLException extends Error {
	reason;
	mark;
	/**
	* Optional `mark` contains source snippet data. Usually, use
	* {@link YAMLException.throwAt} instead of passing it directly.
	*/
	constructor(reason, mark) {
		super();
		this.name = "YAMLException";
		this.reason = reason;
		this.mark = mark;
		this.message = formatError(this, false);
		if (Error.captureStackTrace) Error.captureStackTrace(this, this.constructor);
	}
	/**
	* Returns the formatted error, omitting the source snippet in compact mode.
	*/
	toString(compact) {
		return `${this.name}: ${formatError(this, compact)}`;
	}
	/**
	* Builds a YAMLException with a source snippet and throws it. `source` is
	* the raw input text; `position` is an offset into it.
	*/
	static throwAt(source, position, message, filename = "") {
		let line = 0;
		let lineStart = 0;
		for (let index = 0; index < position; index++) {
			const ch = source.charCodeAt(index);
			if (ch === 10) {
				line++;
				lineStart = index + 1;
			} else if (ch === 13) {
				line++;
				if (source.charCodeAt(index + 1) === 10) index++;
				lineStart = index + 1;
			}
		}
		const mark = {
			name: filename,
			buffer: source,
			position,
			line,
			column: position - lineStart
		};
		mark.snippet = makeSnippet(mark);
		throw new YAMLException(message, mark);
	}
};
//#endregion
//#region src/parser/events.ts
/** @category Events */
var EVENT_ID = {
	DOCUMENT: 1,
	SEQUENCE: 2,
	MAPPING: 3,
	SCALAR: 4,
	ALIAS: 5,
	POP: 6
};
/** @category Nodes */
var SCALAR_STYLE = {
	PLAIN: 1,
	SINGLE_QUOTED: 2,
	DOUBLE_QUOTED: 3,
	LITERAL_BLOCK: 4,
	FOLDED_BLOCK: 5
};
/** @category Nodes */
var COLLECTION_STYLE = {
	BLOCK: 1,
	FLOW: 2
};
/** @category Nodes */
var CHOMPING_MODE = {
	CLIP: 1,
	STRIP: 2,
	KEEP: 3
};
//#endregion
//#region src/parser/parser_scalar.ts
var NO_RANGE$3 = -1;
function simpleEscapeSequence(c) {
	switch (c) {
		case 48: return "\0";
		case 97: return "\x07";
		case 98: return "\b";
		case 116: return "	";
		case 9: return "	";
		case 110: return "\n";
		case 118: return "\v";
		case 102: return "\f";
		case 114: return "\r";
		case 101: return "\x1B";
		case 32: return " ";
		case 34: return "\"";
		case 47: return "/";
		case 92: return "\\";
		case 78: return "";
		case 95: return "\xA0";
		case 76: return "\u2028";
		case 80: return "\u2029";
		default: return "";
	}
}
var simpleEscapeCheck = new Array(256);
var simpleEscapeMap = new Array(256);
for (let i = 0; i < 256; i++) {
	simpleEscapeCheck[i] = simpleEscapeSequence(i) ? 1 : 0;
	simpleEscapeMap[i] = simpleEscapeSequence(i);
}
function charFromCodepoint(c) {
	if (c <= 65535) return String.fromCharCode(c);
	return String.fromCharCode((c - 65536 >> 10) + 55296, (c - 65536 & 1023) + 56320);
}
function fromHexCode$1(c) {
	if (c >= 48 && c <= 57) return c - 48;
	return (c | 32) - 97 + 10;
}
function escapedHexLen$1(c) {
	if (c === 120) return 2;
	if (c === 117) return 4;
	return 8;
}
function skipFoldedBreaks(input, position, end) {
	let breaks = 0;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 10) {
			breaks++;
			position++;
		} else if (ch === 13) {
			breaks++;
			position++;
			if (input.charCodeAt(position) === 10) position++;
		} else if (ch === 32 || ch === 9) position++;
		else break;
	}
	return {
		position,
		breaks
	};
}
function foldedBreaks(count) {
	if (count === 1) return " ";
	return "\n".repeat(count - 1);
}
function getPlainValue(input, start, end) {
	let result = "";
	let position = start;
	let captureStart = start;
	let captureEnd = start;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 10 || ch === 13) {
			result += input.slice(captureStart, captureEnd);
			const fold = skipFoldedBreaks(input, position, end);
			result += foldedBreaks(fold.breaks);
			position = captureStart = captureEnd = fold.position;
		} else {
			position++;
			if (ch !== 32 && ch !== 9) captureEnd = position;
		}
	}
	return result + input.slice(captureStart, captureEnd);
}
function getSingleQuotedValue(input, start, end) {
	let result = "";
	let position = start;
	let captureStart = start;
	let captureEnd = start;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 39) {
			result += input.slice(captureStart, position) + "'";
			position += 2;
			captureStart = captureEnd = position;
		} else if (ch === 10 || ch === 13) {
			result += input.slice(captureStart, captureEnd);
			const fold = skipFoldedBreaks(input, position, end);
			result += foldedBreaks(fold.breaks);
			position = captureStart = captureEnd = fold.position;
		} else {
			position++;
			if (ch !== 32 && ch !== 9) captureEnd = position;
		}
	}
	return result + input.slice(captureStart, end);
}
function getDoubleQuotedValue(input, start, end) {
	let result = "";
	let position = start;
	let captureStart = start;
	let captureEnd = start;
	while (position < end) {
		const ch = input.charCodeAt(position);
		if (ch === 92) {
			result += input.slice(captureStart, position);
			position++;
			const escaped = input.charCodeAt(position);
			if (escaped === 10 || escaped === 13) position = skipFoldedBreaks(input, position, end).position;
			else if (escaped < 256 && simpleEscapeCheck[escaped]) {
				result += simpleEscapeMap[escaped];
				position++;
			} else {
				let hexLength = escapedHexLen$1(escaped);
				let hexResult = 0;
				for (; hexLength > 0; hexLength--) {
					position++;
					const digit = fromHexCode$1(input.charCodeAt(position));
					hexResult = (hexResult << 4) + digit;
				}
				result += charFromCodepoint(hexResult);
				position++;
			}
			captureStart = captureEnd = position;
		} else if (ch === 10 || ch === 13) {
			result += input.slice(captureStart, captureEnd);
			const fold = skipFoldedBreaks(input, position, end);
			result += foldedBreaks(fold.breaks);
			position = captureStart = captureEnd = fold.position;
		} else {
			position++;
			if (ch !== 32 && ch !== 9) captureEnd = position;
		}
	}
	return result + input.slice(captureStart, end);
}
function getBlockValue(input, start, end, indent, chomping, folded) {
	const textIndent = indent < 0 ? 0 : indent;
	const region = input.slice(start, end).replace(/\r\n?/g, "\n");
	const lines = region === "" ? [] : (region.endsWith("\n") ? region.slice(0, -1) : region).split("\n");
	let result = "";
	let didReadContent = false;
	let emptyLines = 0;
	let atMoreIndented = false;
	for (const line of lines) {
		let column = 0;
		while (column < textIndent && line.charCodeAt(column) === 32) column++;
		if (indent < 0 || column >= line.length) {
			emptyLines++;
			continue;
		}
		const content = line.slice(textIndent);
		const first = content.charCodeAt(0);
		if (folded) {
			if (first === 32 || first === 9) {
				atMoreIndented = true;
				result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
			} else if (atMoreIndented) {
				atMoreIndented = false;
				result += "\n".repeat(emptyLines + 1);
			} else if (emptyLines === 0) {
				if (didReadContent) result += " ";
			} else result += "\n".repeat(emptyLines);
		} else result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
		result += content;
		didReadContent = true;
		emptyLines = 0;
	}
	if (chomping === CHOMPING_MODE.KEEP) result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
	else if (chomping !== CHOMPING_MODE.STRIP) {
		if (didReadContent) result += "\n";
	}
	return result;
}
/**
* Decodes the scalar referenced by event offsets in `input`.
*
* @category Events
*/
function getScalarValue(input, scalar) {
	if (scalar.valueStart === NO_RANGE$3) return "";
	const { valueStart, valueEnd } = scalar;
	if (scalar.fast) return input.slice(valueStart, valueEnd);
	switch (scalar.style) {
		case SCALAR_STYLE.SINGLE_QUOTED: return getSingleQuotedValue(input, valueStart, valueEnd);
		case SCALAR_STYLE.DOUBLE_QUOTED: return getDoubleQuotedValue(input, valueStart, valueEnd);
		case SCALAR_STYLE.LITERAL_BLOCK: return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, false);
		case SCALAR_STYLE.FOLDED_BLOCK: return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, true);
		default: return getPlainValue(input, valueStart, valueEnd);
	}
}
//#endregion
//#region src/common/tagname.ts
var DEFAULT_TAG_HANDLERS = Object.assign(Object.create(null), {
	"!": "!",
	"!!": "tag:yaml.org,2002:"
});
var TAG_SUFFIX_CHARS = "-#;/?:@&=+$_.~*'()";
var TAG_URI_CHARS = TAG_SUFFIX_CHARS + "!,[]";
var HEX = "0123456789ABCDEF";
function percentByte(byte) {
	return "%" + HEX[byte >> 4] + HEX[byte & 15];
}
function tagPercentEncode(source, isSuffix) {
	const allowed = isSuffix ? TAG_SUFFIX_CHARS : TAG_URI_CHARS;
	let result = "";
	for (let index = 0; index < source.length; index++) {
		let ch = source.charCodeAt(index);
		if (ch >= 48 && ch <= 57 || ch >= 65 && ch <= 90 || ch >= 97 && ch <= 122 || allowed.includes(source[index])) {
			result += source[index];
			continue;
		}
		if (ch >= 55296 && ch <= 56319) ch = 65536 + ((ch & 1023) << 10) + (source.charCodeAt(++index) & 1023);
		if (ch < 128) result += percentByte(ch);
		else if (ch < 2048) result += percentByte(192 | ch >> 6) + percentByte(128 | ch & 63);
		else if (ch < 65536) result += percentByte(224 | ch >> 12) + percentByte(128 | ch >> 6 & 63) + percentByte(128 | ch & 63);
		else result += percentByte(240 | ch >> 18) + percentByte(128 | ch >> 12 & 63) + percentByte(128 | ch >> 6 & 63) + percentByte(128 | ch & 63);
	}
	return result;
}
function tagPercentDecode(source) {
	let result = "";
	let index = 0;
	while (index < source.length) {
		if (source.charCodeAt(index) !== 37) {
			result += source[index++];
			continue;
		}
		let ch = parseInt(source.slice(index + 1, index + 3), 16);
		index += 3;
		if (ch >= 192) {
			let remaining = ch < 224 ? 1 : ch < 240 ? 2 : 3;
			ch &= (1 << 6 - remaining) - 1;
			while (remaining-- > 0) {
				ch = ch << 6 | parseInt(source.slice(index + 1, index + 3), 16) & 63;
				index += 3;
			}
		}
		if (ch < 65536) result += String.fromCharCode(ch);
		else {
			ch -= 65536;
			result += String.fromCharCode(55296 | ch >> 10, 56320 | ch & 1023);
		}
	}
	return result;
}
function tagNameFull(rawTag, tagHandlers) {
	if (rawTag.startsWith("!<") && rawTag.endsWith(">")) return tagPercentDecode(rawTag.slice(2, -1));
	const handleEnd = rawTag.indexOf("!", 1);
	const handle = handleEnd === -1 ? "!" : rawTag.slice(0, handleEnd + 1);
	return tagPercentDecode(tagHandlers?.[handle] ?? DEFAULT_TAG_HANDLERS[handle] ?? handle) + tagPercentDecode(rawTag.slice(handle.length));
}
function tagNameShort(fullTag) {
	let tag = fullTag;
	if (tag.charCodeAt(0) === 33) {
		tag = tag.slice(1);
		return `!${tagPercentEncode(tag, true)}`;
	}
	if (tag.slice(0, 18) === "tag:yaml.org,2002:") return `!!${tagPercentEncode(tag.slice(18), true)}`;
	return `!<${tagPercentEncode(tag, false)}>`;
}
//#endregion
//#region src/parser/constructor.ts
var NO_RANGE$2 = -1;
var MERGE_TAG_NAME = "tag:yaml.org,2002:merge";
var DEFAULT_CONSTRUCTOR_OPTIONS = {
	filename: "",
	schema: CORE_SCHEMA,
	json: false,
	maxTotalMergeKeys: 1e4,
	maxAliases: -1
};
function eventPosition$1(event) {
	if ("tagStart" in event && event.tagStart !== NO_RANGE$2) return event.tagStart;
	if ("anchorStart" in event && event.anchorStart !== NO_RANGE$2) return event.anchorStart;
	if ("valueStart" in event && event.valueStart !== NO_RANGE$2) return event.valueStart;
	if ("start" in event) return event.start;
	return 0;
}
function throwError$1(state, message) {
	YAMLException.throwAt(state.source, state.position, message, state.filename);
}
function finalizeCollection(state, position, tag, carrier) {
	try {
		return tag.finalize(carrier);
	} catch (error) {
		if (error instanceof YAMLException) throw error;
		YAMLException.throwAt(state.source, position, error instanceof Error ? error.message : String(error), state.filename);
	}
}
function constructScalar(state, event) {
	const source = getScalarValue(state.source, event);
	const rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd);
	const strTag = state.schema.defaultScalarTag;
	if (rawTag !== "") {
		if (rawTag === "!") return {
			value: source,
			tag: strTag
		};
		const tagName = tagNameFull(rawTag, state.tagHandlers);
		const scalarTag = state.schema.lookupScalarTag(tagName);
		if (scalarTag) {
			const result = scalarTag.resolve(source, true, tagName);
			if (result === NOT_RESOLVED) throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`);
			return {
				value: result,
				tag: scalarTag
			};
		}
		const collectionTagDef = state.schema.lookupMappingTag(tagName) ?? state.schema.lookupSequenceTag(tagName);
		if (collectionTagDef) {
			if (source !== "") throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`);
			const carrier = collectionTagDef.create(tagName);
			return {
				value: collectionTagDef.carrierIsResult ? carrier : finalizeCollection(state, state.position, collectionTagDef, carrier),
				tag: collectionTagDef
			};
		}
		throwError$1(state, `unknown scalar tag !<${tagName}>`);
	}
	if (event.style === SCALAR_STYLE.PLAIN) return state.schema.resolveImplicitScalarTag(source);
	return {
		value: strTag.resolve(source, false, strTag.tagName),
		tag: strTag
	};
}
function collectionTagName(state, event, defaultTagName) {
	const rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd);
	return rawTag === "" || rawTag === "!" ? defaultTagName : tagNameFull(rawTag, state.tagHandlers);
}
function isMappingTag(tag) {
	return tag.nodeKind === "mapping";
}
function chargeMergeWork(state) {
	state.totalMergeKeys++;
	if (state.maxTotalMergeKeys !== -1 && state.totalMergeKeys > state.maxTotalMergeKeys) throwError$1(state, `merge keys exceeded maxTotalMergeKeys (${state.maxTotalMergeKeys})`);
}
function mergeKeys(state, frame, source, sourceTag) {
	chargeMergeWork(state);
	for (const sourceKey of sourceTag.keys(source)) {
		chargeMergeWork(state);
		if (frame.tag.has(frame.value, sourceKey)) continue;
		const err = frame.tag.addPair(frame.value, sourceKey, sourceTag.get(source, sourceKey));
		if (err) throwError$1(state, err);
		frame.overridable ??= /* @__PURE__ */ new Set();
		frame.overridable.add(sourceKey);
	}
}
function mergeSource(state, frame, source, sourceTag) {
	state.position = frame.keyPosition;
	if (isMappingTag(sourceTag)) mergeKeys(state, frame, source, sourceTag);
	else if (sourceTag.nodeKind === "sequence" && Array.isArray(source)) {
		if (source.length > 100) throwError$1(state, "abnormal merge sequence size");
		for (const element of source) {
			const elementTag = state.nodeTags.get(element);
			if (!elementTag) throwError$1(state, "cannot merge mappings; the provided source object is unacceptable");
			mergeKeys(state, frame, element, elementTag);
		}
	} else throwError$1(state, "cannot merge mappings; the provided source object is unacceptable");
}
function addMappingValue(state, frame, key, value, tag) {
	state.position = frame.keyPosition;
	if (frame.keyIsMerge) {
		mergeSource(state, frame, value, tag);
		return;
	}
	if (!state.json && frame.tag.has(frame.value, key) && !frame.overridable?.has(key)) throwError$1(state, "duplicated mapping key");
	const err = frame.tag.addPair(frame.value, key, value);
	if (err) throwError$1(state, err);
	frame.overridable?.delete(key);
}
function addValue(state, value, tag) {
	const frame = state.frames[state.frames.length - 1];
	if (frame.kind === "document") {
		frame.value = value;
		frame.hasValue = true;
	} else if (frame.kind === "sequence") {
		if (isMappingTag(tag)) state.nodeTags.set(value, tag);
		const err = frame.tag.addItem(frame.value, value, frame.index++);
		if (err) throwError$1(state, err);
	} else if (frame.hasKey) {
		const key = frame.key;
		frame.key = void 0;
		frame.hasKey = false;
		addMappingValue(state, frame, key, value, tag);
	} else {
		frame.key = value;
		frame.keyPosition = state.position;
		frame.hasKey = true;
		frame.keyIsMerge = tag.tagName === MERGE_TAG_NAME;
	}
}
function storeAnchor(state, event, value, tag, isValueFinal) {
	if (event.anchorStart !== NO_RANGE$2) {
		const anchor = {
			value,
			tag,
			isValueFinal
		};
		state.anchors.set(state.source.slice(event.anchorStart, event.anchorEnd), anchor);
		return anchor;
	}
	return null;
}
/**
* Constructs JavaScript documents directly from parser events, without an
* intermediate AST.
*
* @category Events
*/
function constructFromEvents(events, options) {
	const state = {
		...DEFAULT_CONSTRUCTOR_OPTIONS,
		...options,
		events,
		documents: [],
		eventIndex: 0,
		position: 0,
		frames: [],
		anchors: /* @__PURE__ */ new Map(),
		nodeTags: /* @__PURE__ */ new Map(),
		tagHandlers: Object.create(null),
		totalMergeKeys: 0,
		aliasCount: 0
	};
	while (state.eventIndex < state.events.length) {
		const event = state.events[state.eventIndex++];
		state.position = eventPosition$1(event);
		switch (event.type) {
			case EVENT_ID.DOCUMENT:
				state.anchors = /* @__PURE__ */ new Map();
				state.nodeTags = /* @__PURE__ */ new Map();
				state.aliasCount = 0;
				state.tagHandlers = Object.create(null);
				for (const directive of event.directives) if (directive.kind === "tag") state.tagHandlers[directive.handle] = directive.prefix;
				state.frames.push({
					kind: "document",
					position: state.position,
					value: void 0,
					hasValue: false
				});
				break;
			case EVENT_ID.SCALAR: {
				const { value, tag } = constructScalar(state, event);
				storeAnchor(state, event, value, tag, true);
				addValue(state, value, tag);
				break;
			}
			case EVENT_ID.SEQUENCE: {
				const tagName = collectionTagName(state, event, "tag:yaml.org,2002:seq");
				const tag = state.schema.lookupSequenceTag(tagName);
				if (!tag) throwError$1(state, `unknown sequence tag !<${tagName}>`);
				const value = tag.create(tagName);
				const anchor = storeAnchor(state, event, value, tag, tag.carrierIsResult);
				state.frames.push({
					kind: "sequence",
					position: state.position,
					value,
					tag,
					anchor,
					index: 0
				});
				break;
			}
			case EVENT_ID.MAPPING: {
				const tagName = collectionTagName(state, event, "tag:yaml.org,2002:map");
				const tag = state.schema.lookupMappingTag(tagName);
				if (!tag) throwError$1(state, `unknown mapping tag !<${tagName}>`);
				const value = tag.create(tagName);
				const anchor = storeAnchor(state, event, value, tag, tag.carrierIsResult);
				state.frames.push({
					kind: "mapping",
					position: state.position,
					value,
					tag,
					anchor,
					key: void 0,
					keyPosition: state.position,
					hasKey: false,
					keyIsMerge: false,
					overridable: null
				});
				break;
			}
			case EVENT_ID.ALIAS: {
				if (state.maxAliases !== -1 && ++state.aliasCount > state.maxAliases) throwError$1(state, `aliases exceeded maxAliases (${state.maxAliases})`);
				const name = state.source.slice(event.anchorStart, event.anchorEnd);
				const anchor = state.anchors.get(name);
				if (!anchor) throwError$1(state, `unidentified alias "${name}"`);
				if (!anchor.isValueFinal) throwError$1(state, `recursive alias "${name}" is not supported for tag ${anchor.tag.tagName} because it uses finalize()`);
				addValue(state, anchor.value, anchor.tag);
				break;
			}
			case EVENT_ID.POP: {
				const frame = state.frames.pop();
				if (frame.kind === "mapping" && frame.hasKey) {
					state.position = frame.keyPosition;
					throwError$1(state, "incomplete mapping pair in event stream");
				}
				if (frame.kind === "document") state.documents.push(frame.value);
				else {
					const value = frame.tag.carrierIsResult ? frame.value : finalizeCollection(state, frame.position, frame.tag, frame.value);
					if (frame.anchor) {
						frame.anchor.value = value;
						frame.anchor.isValueFinal = true;
					}
					addValue(state, value, frame.tag);
				}
				break;
			}
		}
	}
	return state.documents;
}
//#endregion
//#region src/parser/parser.ts
var NO_RANGE$1 = -1;
var HAS_OWN = Object.prototype.hasOwnProperty;
var CONTEXT_FLOW_IN = 1;
var CONTEXT_FLOW_OUT = 2;
var CONTEXT_BLOCK_IN = 3;
var CONTEXT_BLOCK_OUT = 4;
var PATTERN_NON_PRINTABLE = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/;
var PATTERN_FLOW_INDICATORS = /[,\[\]{}]/;
var PATTERN_TAG_HANDLE = /^(?:!|!!|![0-9A-Za-z-]+!)$/;
var NS_URI_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$,_.!~*'()\[\]])`;
var NS_TAG_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$.~*'()_])`;
var PATTERN_TAG_URI = new RegExp(`^(?:${NS_URI_CHAR})*$`);
var PATTERN_TAG_SUFFIX = new RegExp(`^(?:${NS_TAG_CHAR})+$`);
var PATTERN_TAG_PREFIX = new RegExp(`^(?:!(?:${NS_URI_CHAR})*|${NS_TAG_CHAR}(?:${NS_URI_CHAR})*)$`);
var DEFAULT_PARSER_OPTIONS = {
	filename: "",
	maxDepth: 100
};
function addDocumentEvent(state, explicitStart, explicitEnd) {
	state.events.push({
		type: EVENT_ID.DOCUMENT,
		explicitStart,
		explicitEnd,
		directives: state.directives
	});
}
function addSequenceEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
	state.events.push({
		type: EVENT_ID.SEQUENCE,
		start,
		anchorStart,
		anchorEnd,
		tagStart,
		tagEnd,
		style
	});
}
function addMappingEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
	state.events.push({
		type: EVENT_ID.MAPPING,
		start,
		anchorStart,
		anchorEnd,
		tagStart,
		tagEnd,
		style
	});
}
function insertFlowPairMappingEvent(state, snapshot) {
	state.events.splice(snapshot.eventsLength, 0, {
		type: EVENT_ID.MAPPING,
		start: snapshot.position,
		anchorStart: NO_RANGE$1,
		anchorEnd: NO_RANGE$1,
		tagStart: NO_RANGE$1,
		tagEnd: NO_RANGE$1,
		style: COLLECTION_STYLE.FLOW
	});
}
function addScalarEvent(state, valueStart, valueEnd, anchorStart, anchorEnd, tagStart, tagEnd, style, chomping = CHOMPING_MODE.CLIP, indent = -1, fast = false) {
	state.events.push({
		type: EVENT_ID.SCALAR,
		valueStart,
		valueEnd,
		anchorStart,
		anchorEnd,
		tagStart,
		tagEnd,
		style,
		chomping,
		indent,
		fast
	});
}
function addAliasEvent(state, anchorStart, anchorEnd) {
	state.events.push({
		type: EVENT_ID.ALIAS,
		anchorStart,
		anchorEnd
	});
}
function addPopEvent(state) {
	state.events.push({ type: EVENT_ID.POP });
}
function addEmptyScalarEvent(state) {
	addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, SCALAR_STYLE.PLAIN);
}
function emptyProperties() {
	return {
		anchorStart: NO_RANGE$1,
		anchorEnd: NO_RANGE$1,
		tagStart: NO_RANGE$1,
		tagEnd: NO_RANGE$1
	};
}
function snapshotState(state) {
	return {
		position: state.position,
		line: state.line,
		lineStart: state.lineStart,
		lineIndent: state.lineIndent,
		firstTabInLine: state.firstTabInLine,
		eventsLength: state.events.length
	};
}
function restoreState(state, snapshot) {
	state.position = snapshot.position;
	state.line = snapshot.line;
	state.lineStart = snapshot.lineStart;
	state.lineIndent = snapshot.lineIndent;
	state.firstTabInLine = snapshot.firstTabInLine;
	state.events.length = snapshot.eventsLength;
}
function throwError(state, message) {
	YAMLException.throwAt(state.input.slice(0, state.length), state.position, message, state.filename);
}
function isEol(c) {
	return c === 10 || c === 13;
}
function isWhiteSpace(c) {
	return c === 9 || c === 32;
}
function isWsOrEol(c) {
	return isWhiteSpace(c) || isEol(c);
}
function isWsOrEolOrEnd(c) {
	return c === 0 || isWsOrEol(c);
}
function isFlowIndicator(c) {
	return c === 44 || c === 91 || c === 93 || c === 123 || c === 125;
}
function fromDecimalCode(c) {
	return c >= 48 && c <= 57 ? c - 48 : -1;
}
function fromHexCode(c) {
	if (c >= 48 && c <= 57) return c - 48;
	const lc = c | 32;
	if (lc >= 97 && lc <= 102) return lc - 97 + 10;
	return -1;
}
function escapedHexLen(c) {
	if (c === 120) return 2;
	if (c === 117) return 4;
	if (c === 85) return 8;
	return 0;
}
function isSimpleEscape(c) {
	return c === 48 || c === 97 || c === 98 || c === 116 || c === 9 || c === 110 || c === 118 || c === 102 || c === 114 || c === 101 || c === 32 || c === 34 || c === 47 || c === 92 || c === 78 || c === 95 || c === 76 || c === 80;
}
function consumeLineBreak(state) {
	if (state.input.charCodeAt(state.position) === 10) state.position++;
	else {
		state.position++;
		if (state.input.charCodeAt(state.position) === 10) state.position++;
	}
	state.line++;
	state.lineStart = state.position;
	state.lineIndent = 0;
	state.firstTabInLine = -1;
}
function skipSeparationSpace(state, allowComments) {
	let lineBreaks = 0;
	let ch = state.input.charCodeAt(state.position);
	let hasSeparation = state.position === state.lineStart || isWsOrEol(state.input.charCodeAt(state.position - 1));
	while (ch !== 0) {
		while (isWhiteSpace(ch)) {
			hasSeparation = true;
			if (ch === 9 && state.firstTabInLine === -1) state.firstTabInLine = state.position;
			ch = state.input.charCodeAt(++state.position);
		}
		if (allowComments && hasSeparation && ch === 35) do
			ch = state.input.charCodeAt(++state.position);
		while (!isEol(ch) && ch !== 0);
		if (!isEol(ch)) break;
		consumeLineBreak(state);
		lineBreaks++;
		hasSeparation = true;
		ch = state.input.charCodeAt(state.position);
		while (ch === 32) {
			state.lineIndent++;
			ch = state.input.charCodeAt(++state.position);
		}
	}
	return lineBreaks;
}
function testDocumentSeparator(state, position = state.position) {
	const ch = state.input.charCodeAt(position);
	if ((ch === 45 || ch === 46) && ch === state.input.charCodeAt(position + 1) && ch === state.input.charCodeAt(position + 2)) {
		const following = state.input.charCodeAt(position + 3);
		return following === 0 || isWsOrEol(following);
	}
	return false;
}
function skipByteOrderMark(state) {
	if (state.position === state.lineStart && state.input.charCodeAt(state.position) === 65279) {
		state.position++;
		state.lineStart = state.position;
	}
}
function testDocumentBoundary(state) {
	if (state.position !== state.lineStart) return false;
	if (testDocumentSeparator(state)) return true;
	if (state.input.charCodeAt(state.position) !== 65279) return false;
	const snapshot = snapshotState(state);
	skipByteOrderMark(state);
	skipSeparationSpace(state, true);
	const ch = state.input.charCodeAt(state.position);
	const result = state.position === state.lineStart && (ch === 37 || ch === 45 && testDocumentSeparator(state));
	restoreState(state, snapshot);
	return result;
}
function skipUntilLineEnd(state) {
	let ch = state.input.charCodeAt(state.position);
	while (ch !== 0 && !isEol(ch)) ch = state.input.charCodeAt(++state.position);
}
function checkPrintable(state, start, end) {
	const match = PATTERN_NON_PRINTABLE.exec(state.input.slice(start, end));
	if (match !== null) {
		state.position = start + match.index + match[0].length - 1;
		throwError(state, "the stream contains non-printable characters");
	}
}
function readTagProperty(state, props, inFlow) {
	if (state.input.charCodeAt(state.position) !== 33) return false;
	if (props.tagStart !== NO_RANGE$1) throwError(state, "duplication of a tag property");
	const start = state.position;
	let isVerbatim = false;
	let isNamed = false;
	let tagHandle = "!";
	let ch = state.input.charCodeAt(++state.position);
	if (ch === 60) {
		isVerbatim = true;
		ch = state.input.charCodeAt(++state.position);
	} else if (ch === 33) {
		isNamed = true;
		tagHandle = "!!";
		ch = state.input.charCodeAt(++state.position);
	}
	let suffixStart = state.position;
	let tagName;
	if (isVerbatim) {
		while (ch !== 0 && ch !== 62) ch = state.input.charCodeAt(++state.position);
		if (ch !== 62) throwError(state, "unexpected end of the stream within a verbatim tag");
		tagName = state.input.slice(suffixStart, state.position);
		state.position++;
	} else {
		while (ch !== 0 && !isWsOrEol(ch) && !(inFlow && isFlowIndicator(ch))) {
			if (ch === 33) {
				if (!isNamed) {
					tagHandle = state.input.slice(suffixStart - 1, state.position + 1);
					if (!PATTERN_TAG_HANDLE.test(tagHandle)) throwError(state, "named tag handle cannot contain such characters");
					isNamed = true;
					suffixStart = state.position + 1;
				} else throwError(state, "tag suffix cannot contain exclamation marks");
			}
			ch = state.input.charCodeAt(++state.position);
		}
		tagName = state.input.slice(suffixStart, state.position);
		if (PATTERN_FLOW_INDICATORS.test(tagName)) throwError(state, "tag suffix cannot contain flow indicator characters");
	}
	if (tagName && !(isVerbatim ? PATTERN_TAG_URI.test(tagName) : PATTERN_TAG_SUFFIX.test(tagName))) throwError(state, `tag name cannot contain such characters: ${tagName}`);
	if (!isVerbatim && tagHandle !== "!" && tagHandle !== "!!" && !HAS_OWN.call(state.tagHandlers, tagHandle)) throwError(state, `undeclared tag handle "${tagHandle}"`);
	props.tagStart = start;
	props.tagEnd = state.position;
	return true;
}
function readAnchorProperty(state, props) {
	if (state.input.charCodeAt(state.position) !== 38) return false;
	if (props.anchorStart !== NO_RANGE$1) throwError(state, "duplication of an anchor property");
	state.position++;
	const start = state.position;
	while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position))) state.position++;
	if (state.position === start) throwError(state, "name of an anchor node must contain at least one character");
	props.anchorStart = start;
	props.anchorEnd = state.position;
	return true;
}
function readAlias(state, props) {
	if (state.input.charCodeAt(state.position) !== 42) return false;
	if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) throwError(state, "alias node should not have any properties");
	state.position++;
	const start = state.position;
	while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position))) state.position++;
	if (state.position === start) throwError(state, "name of an alias node must contain at least one character");
	addAliasEvent(state, start, state.position);
	return true;
}
function readFlowScalarBreak(state, nodeIndent) {
	skipSeparationSpace(state, false);
	if (state.lineIndent < nodeIndent) throwError(state, "deficient indentation");
}
function readSingleQuotedScalar(state, nodeIndent, props) {
	if (state.input.charCodeAt(state.position) !== 39) return false;
	state.position++;
	const start = state.position;
	let simple = true;
	while (state.input.charCodeAt(state.position) !== 0) {
		const ch = state.input.charCodeAt(state.position);
		if (ch === 39) {
			if (state.input.charCodeAt(state.position + 1) === 39) {
				simple = false;
				state.position += 2;
				continue;
			}
			const end = state.position;
			state.position++;
			addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.SINGLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple);
			return true;
		}
		if (isEol(ch)) {
			simple = false;
			readFlowScalarBreak(state, nodeIndent);
		} else if (state.position === state.lineStart && testDocumentSeparator(state)) throwError(state, "unexpected end of the document within a single quoted scalar");
		else if (ch !== 9 && ch < 32) throwError(state, "expected valid JSON character");
		else state.position++;
	}
	throwError(state, "unexpected end of the stream within a single quoted scalar");
}
function readDoubleQuotedScalar(state, nodeIndent, props) {
	if (state.input.charCodeAt(state.position) !== 34) return false;
	state.position++;
	const start = state.position;
	let simple = true;
	while (state.input.charCodeAt(state.position) !== 0) {
		const ch = state.input.charCodeAt(state.position);
		if (ch === 34) {
			const end = state.position;
			state.position++;
			addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.DOUBLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple);
			return true;
		}
		if (ch === 92) {
			simple = false;
			const escaped = state.input.charCodeAt(++state.position);
			if (isEol(escaped)) readFlowScalarBreak(state, nodeIndent);
			else if (isSimpleEscape(escaped)) state.position++;
			else {
				let hexLength = escapedHexLen(escaped);
				if (hexLength === 0) throwError(state, "unknown escape sequence");
				while (hexLength-- > 0) {
					state.position++;
					if (fromHexCode(state.input.charCodeAt(state.position)) < 0) throwError(state, "expected hexadecimal character");
				}
				state.position++;
			}
		} else if (isEol(ch)) {
			simple = false;
			readFlowScalarBreak(state, nodeIndent);
		} else if (state.position === state.lineStart && testDocumentSeparator(state)) throwError(state, "unexpected end of the document within a double quoted scalar");
		else if (ch !== 9 && ch < 32) throwError(state, "expected valid JSON character");
		else state.position++;
	}
	throwError(state, "unexpected end of the stream within a double quoted scalar");
}
function readBlockScalar(state, parentIndent, props) {
	const ch = state.input.charCodeAt(state.position);
	let chomping = CHOMPING_MODE.CLIP;
	let indent = -1;
	let detectedIndent = false;
	if (ch !== 124 && ch !== 62) return false;
	const style = ch === 124 ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
	state.position++;
	while (state.input.charCodeAt(state.position) !== 0) {
		const current = state.input.charCodeAt(state.position);
		const digit = fromDecimalCode(current);
		if (current === 43 || current === 45) {
			if (chomping !== CHOMPING_MODE.CLIP) throwError(state, "repeat of a chomping mode identifier");
			chomping = current === 43 ? CHOMPING_MODE.KEEP : CHOMPING_MODE.STRIP;
			state.position++;
		} else if (digit >= 0) {
			if (digit === 0) throwError(state, "bad explicit indentation width of a block scalar; it cannot be less than one");
			if (detectedIndent) throwError(state, "repeat of an indentation width identifier");
			indent = parentIndent + digit - 1;
			detectedIndent = true;
			state.position++;
		} else break;
	}
	let hadWhitespace = false;
	while (isWhiteSpace(state.input.charCodeAt(state.position))) {
		hadWhitespace = true;
		state.position++;
	}
	if (hadWhitespace && state.input.charCodeAt(state.position) === 35) skipUntilLineEnd(state);
	if (isEol(state.input.charCodeAt(state.position))) consumeLineBreak(state);
	else if (state.input.charCodeAt(state.position) !== 0) throwError(state, "a line break is expected");
	let contentIndent = detectedIndent ? indent : -1;
	let maxLeadingIndent = 0;
	const valueStart = state.position;
	let valueEnd = state.position;
	while (state.input.charCodeAt(state.position) !== 0) {
		const linePosition = state.position;
		let column = 0;
		while (state.input.charCodeAt(linePosition + column) === 32) column++;
		const first = state.input.charCodeAt(linePosition + column);
		if (first === 0) {
			if (contentIndent >= 0) {
				if (column > contentIndent) valueEnd = linePosition + column;
			} else if (column > 0) valueEnd = linePosition + column;
			break;
		}
		if (testDocumentBoundary(state)) break;
		if (!detectedIndent && contentIndent === -1 && isEol(first)) maxLeadingIndent = Math.max(maxLeadingIndent, column);
		if (!detectedIndent && contentIndent === -1 && !isEol(first)) {
			if (first === 9 && column < parentIndent) {
				state.position = linePosition + column;
				throwError(state, "tab characters must not be used in indentation");
			}
			if (column >= parentIndent && column < maxLeadingIndent) {
				state.position = linePosition + column;
				throwError(state, "bad indentation of a mapping entry");
			}
		}
		if (contentIndent === -1 && first !== 0 && !isEol(first) && column < parentIndent) {
			state.lineIndent = column;
			state.position = linePosition + column;
			break;
		}
		if (!detectedIndent && first !== 0 && !isEol(first) && contentIndent === -1) contentIndent = column;
		const requiredIndent = contentIndent === -1 ? parentIndent + 1 : contentIndent;
		if (first !== 0 && !isEol(first) && column < requiredIndent) {
			state.lineIndent = column;
			state.position = linePosition + column;
			break;
		}
		skipUntilLineEnd(state);
		valueEnd = state.position;
		if (isEol(state.input.charCodeAt(state.position))) {
			consumeLineBreak(state);
			valueEnd = state.position;
		}
	}
	checkPrintable(state, valueStart, valueEnd);
	addScalarEvent(state, valueStart, valueEnd, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, style, chomping, contentIndent);
	return true;
}
function canStartPlainScalar(state, nodeContext) {
	const ch = state.input.charCodeAt(state.position);
	const inFlow = nodeContext === CONTEXT_FLOW_IN;
	if (ch === 0 || isWsOrEol(ch) || ch === 35 || ch === 38 || ch === 42 || ch === 33 || ch === 124 || ch === 62 || ch === 39 || ch === 34 || ch === 37 || ch === 64 || ch === 96 || isFlowIndicator(ch)) return false;
	if (ch === 63 || ch === 45) {
		const following = state.input.charCodeAt(state.position + 1);
		if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) return false;
	}
	return true;
}
function readPlainScalar(state, nodeIndent, nodeContext, props) {
	if (!canStartPlainScalar(state, nodeContext)) return false;
	const start = state.position;
	let end = state.position;
	let ch = state.input.charCodeAt(state.position);
	const inFlow = nodeContext === CONTEXT_FLOW_IN;
	let multiline = false;
	while (ch !== 0) {
		if (testDocumentBoundary(state)) break;
		if (ch === 58) {
			const following = state.input.charCodeAt(state.position + 1);
			if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) break;
		} else if (ch === 35) {
			if (isWsOrEol(state.input.charCodeAt(state.position - 1))) break;
		} else if (inFlow && isFlowIndicator(ch)) break;
		else if (isEol(ch)) {
			const savedPosition = state.position;
			const savedLine = state.line;
			const savedLineStart = state.lineStart;
			const savedLineIndent = state.lineIndent;
			skipSeparationSpace(state, false);
			if (state.lineIndent >= nodeIndent) {
				multiline = true;
				ch = state.input.charCodeAt(state.position);
				continue;
			}
			state.position = savedPosition;
			state.line = savedLine;
			state.lineStart = savedLineStart;
			state.lineIndent = savedLineIndent;
			break;
		}
		if (!isWhiteSpace(ch)) end = state.position + 1;
		ch = state.input.charCodeAt(++state.position);
	}
	if (end === start) return false;
	checkPrintable(state, start, end);
	addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN, CHOMPING_MODE.CLIP, -1, !multiline);
	return true;
}
function skipFlowSeparationSpace(state, nodeIndent) {
	const startLine = state.line;
	skipSeparationSpace(state, true);
	if (state.line > startLine && state.lineIndent < nodeIndent || state.firstTabInLine !== -1 && state.lineIndent < nodeIndent) throwError(state, "deficient indentation");
}
function readFlowCollection(state, nodeIndent, props) {
	const ch = state.input.charCodeAt(state.position);
	const isMapping = ch === 123;
	const start = state.position;
	let readNext = true;
	if (ch !== 91 && ch !== 123) return false;
	const terminator = isMapping ? 125 : 93;
	if (isMapping) addMappingEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW);
	else addSequenceEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW);
	state.position++;
	while (state.input.charCodeAt(state.position) !== 0) {
		skipFlowSeparationSpace(state, nodeIndent);
		let ch = state.input.charCodeAt(state.position);
		if (ch === terminator) {
			state.position++;
			addPopEvent(state);
			return true;
		} else if (!readNext) throwError(state, "missed comma between flow collection entries");
		else if (ch === 44) throwError(state, "expected the node content, but found ','");
		let isPair = false;
		let isExplicitPair = false;
		if (ch === 63 && isWsOrEol(state.input.charCodeAt(state.position + 1))) {
			isPair = isExplicitPair = true;
			state.position += 1;
			skipFlowSeparationSpace(state, nodeIndent);
		}
		const entryLine = state.line;
		const entryStart = snapshotState(state);
		const keyWasRead = parseNode(state, nodeIndent, CONTEXT_FLOW_IN, false, true);
		skipFlowSeparationSpace(state, nodeIndent);
		ch = state.input.charCodeAt(state.position);
		if ((isMapping || isExplicitPair || state.line === entryLine) && ch === 58) {
			isPair = true;
			state.position++;
			skipFlowSeparationSpace(state, nodeIndent);
			if (!isMapping) {
				insertFlowPairMappingEvent(state, entryStart);
				if (!keyWasRead) addEmptyScalarEvent(state);
			} else if (!keyWasRead) addEmptyScalarEvent(state);
			if (!parseNode(state, nodeIndent, CONTEXT_FLOW_IN, false, true)) addEmptyScalarEvent(state);
			skipFlowSeparationSpace(state, nodeIndent);
			if (!isMapping) addPopEvent(state);
		} else if (isMapping && isPair) {
			if (!keyWasRead) addEmptyScalarEvent(state);
			addEmptyScalarEvent(state);
		} else if (isMapping) addEmptyScalarEvent(state);
		else if (isPair) {
			insertFlowPairMappingEvent(state, entryStart);
			if (!keyWasRead) addEmptyScalarEvent(state);
			addEmptyScalarEvent(state);
			addPopEvent(state);
		}
		ch = state.input.charCodeAt(state.position);
		if (ch === 44) {
			readNext = true;
			state.position++;
		} else readNext = false;
	}
	throwError(state, "unexpected end of the stream within a flow collection");
}
function readBlockSequence(state, nodeIndent, props) {
	if (state.firstTabInLine !== -1 || state.input.charCodeAt(state.position) !== 45 || !isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) return false;
	addSequenceEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK);
	while (state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) {
		if (state.firstTabInLine !== -1) {
			state.position = state.firstTabInLine;
			throwError(state, "tab characters must not be used in indentation");
		}
		const entryLine = state.line;
		state.position++;
		const hadBreak = skipSeparationSpace(state, true) > 0;
		if (state.firstTabInLine !== -1 && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) throwError(state, "bad indentation of a sequence entry");
		if (hadBreak && state.lineIndent <= nodeIndent) addEmptyScalarEvent(state);
		else parseNode(state, nodeIndent, CONTEXT_BLOCK_IN, false, true);
		skipSeparationSpace(state, true);
		if (state.lineIndent < nodeIndent || state.position >= state.length) break;
		if (state.lineIndent > nodeIndent) throwError(state, "bad indentation of a sequence entry");
		if (state.line === entryLine && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) throwError(state, "bad indentation of a sequence entry");
	}
	addPopEvent(state);
	return true;
}
function readBlockMapping(state, nodeIndent, flowIndent, props) {
	let atExplicitKey = false;
	let detected = false;
	let mappingOpened = false;
	let pendingExplicitKey = false;
	if (state.firstTabInLine !== -1) return false;
	let ch = state.input.charCodeAt(state.position);
	while (ch !== 0) {
		if (!atExplicitKey && state.firstTabInLine !== -1) {
			state.position = state.firstTabInLine;
			throwError(state, "tab characters must not be used in indentation");
		}
		const following = state.input.charCodeAt(state.position + 1);
		const entryLine = state.line;
		if ((ch === 63 || ch === 58) && isWsOrEolOrEnd(following)) {
			if (!mappingOpened) {
				addMappingEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK);
				mappingOpened = true;
			}
			if (ch === 63) {
				if (atExplicitKey) addEmptyScalarEvent(state);
				detected = true;
				atExplicitKey = true;
			} else if (atExplicitKey) atExplicitKey = false;
			else {
				addEmptyScalarEvent(state);
				detected = true;
				atExplicitKey = false;
			}
			state.position += 1;
			pendingExplicitKey = true;
		} else {
			if (atExplicitKey) {
				addEmptyScalarEvent(state);
				atExplicitKey = false;
			}
			const beforeKey = snapshotState(state);
			if (!parseNode(state, flowIndent, CONTEXT_FLOW_OUT, false, true)) break;
			if (state.line === entryLine) {
				ch = state.input.charCodeAt(state.position);
				while (isWhiteSpace(ch)) ch = state.input.charCodeAt(++state.position);
				if (ch === 58) {
					ch = state.input.charCodeAt(++state.position);
					if (!isWsOrEolOrEnd(ch)) throwError(state, "a whitespace character is expected after the key-value separator within a block mapping");
					if (!mappingOpened) {
						state.events.splice(beforeKey.eventsLength, 0, {
							type: EVENT_ID.MAPPING,
							start: beforeKey.position,
							anchorStart: props.anchorStart,
							anchorEnd: props.anchorEnd,
							tagStart: props.tagStart,
							tagEnd: props.tagEnd,
							style: COLLECTION_STYLE.BLOCK
						});
						mappingOpened = true;
					}
					detected = true;
					atExplicitKey = false;
					pendingExplicitKey = false;
				} else if (detected) throwError(state, "expected ':' after a mapping key");
				else {
					if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) {
						restoreState(state, beforeKey);
						return false;
					}
					return true;
				}
			} else if (detected) throwError(state, "can not read a block mapping entry; a multiline key may not be an implicit key");
			else {
				if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) {
					restoreState(state, beforeKey);
					return false;
				}
				return true;
			}
		}
		if (parseNode(state, nodeIndent, CONTEXT_BLOCK_OUT, true, pendingExplicitKey)) pendingExplicitKey = false;
		if (!atExplicitKey) {
			if (pendingExplicitKey) {
				addEmptyScalarEvent(state);
				pendingExplicitKey = false;
			}
		}
		skipSeparationSpace(state, true);
		ch = state.input.charCodeAt(state.position);
		if ((state.line === entryLine || state.lineIndent > nodeIndent) && ch !== 0) throwError(state, "bad indentation of a mapping entry");
		else if (state.lineIndent < nodeIndent) break;
	}
	if (!detected) return false;
	if (atExplicitKey) addEmptyScalarEvent(state);
	if (mappingOpened) addPopEvent(state);
	return true;
}
function parseNode(state, parentIndent, nodeContext, allowToSeek, allowCompact, allowPropertyMapping = true) {
	if (state.depth >= state.maxDepth) throwError(state, `nesting exceeded maxDepth (${state.maxDepth})`);
	state.depth++;
	let indentStatus = 1;
	let atNewLine = false;
	let hasContent = false;
	let propertyStart = null;
	const props = emptyProperties();
	let allowBlockScalars = nodeContext === CONTEXT_BLOCK_OUT || nodeContext === CONTEXT_BLOCK_IN;
	let allowBlockCollections = allowBlockScalars;
	const allowBlockStyles = allowBlockScalars;
	if (allowToSeek && skipSeparationSpace(state, true)) {
		atNewLine = true;
		if (state.lineIndent > parentIndent) indentStatus = 1;
		else if (state.lineIndent === parentIndent) indentStatus = 0;
		else indentStatus = -1;
	}
	if (indentStatus === 1) while (true) {
		const ch = state.input.charCodeAt(state.position);
		const propertyState = snapshotState(state);
		if (atNewLine && indentStatus !== 1 && (ch === 33 || ch === 38)) break;
		if (atNewLine && allowBlockStyles && (props.tagStart !== NO_RANGE$1 || props.anchorStart !== NO_RANGE$1) && (ch === 33 || ch === 38)) {
			const fallbackState = snapshotState(state);
			const flowIndent = parentIndent + 1;
			if (readBlockMapping(state, state.position - state.lineStart, flowIndent, props) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING) {
				state.depth--;
				return true;
			}
			restoreState(state, fallbackState);
		}
		if (atNewLine && (ch === 33 && props.tagStart !== NO_RANGE$1 || ch === 38 && props.anchorStart !== NO_RANGE$1)) break;
		if (!readTagProperty(state, props, nodeContext === CONTEXT_FLOW_IN) && !readAnchorProperty(state, props)) break;
		if (propertyStart === null) propertyStart = propertyState;
		if (skipSeparationSpace(state, true)) {
			atNewLine = true;
			allowBlockCollections = allowBlockStyles;
			if (state.lineIndent > parentIndent) indentStatus = 1;
			else if (state.lineIndent === parentIndent) indentStatus = 0;
			else indentStatus = -1;
		} else allowBlockCollections = false;
	}
	if (allowBlockCollections) allowBlockCollections = atNewLine || allowCompact;
	if (indentStatus === 1 || nodeContext === CONTEXT_BLOCK_OUT) {
		const flowIndent = nodeContext === CONTEXT_FLOW_IN || nodeContext === CONTEXT_FLOW_OUT ? parentIndent : parentIndent + 1;
		const blockIndent = state.position - state.lineStart;
		if (indentStatus === 1) {
			if (allowBlockCollections && (readBlockSequence(state, blockIndent, props) || readBlockMapping(state, blockIndent, flowIndent, props)) || readFlowCollection(state, flowIndent, props)) hasContent = true;
			else {
				const ch = state.input.charCodeAt(state.position);
				if (propertyStart !== null && allowPropertyMapping && allowBlockStyles && !allowBlockCollections && ch !== 124 && ch !== 62) {
					const fallbackState = snapshotState(state);
					const propertyIndent = propertyStart.position - propertyStart.lineStart;
					restoreState(state, propertyStart);
					if (readBlockMapping(state, propertyIndent, flowIndent, emptyProperties()) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING) hasContent = true;
					else restoreState(state, fallbackState);
				}
				if (!hasContent && (allowBlockScalars && readBlockScalar(state, flowIndent, props) || readSingleQuotedScalar(state, flowIndent, props) || readDoubleQuotedScalar(state, flowIndent, props) || readAlias(state, props) || readPlainScalar(state, flowIndent, nodeContext, props))) hasContent = true;
			}
		} else if (indentStatus === 0) hasContent = allowBlockCollections && readBlockSequence(state, blockIndent, props);
	}
	allowBlockScalars = allowBlockScalars && !hasContent;
	if (!hasContent && (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 || allowBlockScalars)) {
		addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN);
		hasContent = true;
	}
	state.depth--;
	return hasContent || props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1;
}
function readDirective(state) {
	if (state.lineIndent > 0 || state.input.charCodeAt(state.position) !== 37) return false;
	state.position++;
	const nameStart = state.position;
	while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position))) state.position++;
	const name = state.input.slice(nameStart, state.position);
	const args = [];
	if (name.length === 0) throwError(state, "directive name must not be less than one character in length");
	while (state.input.charCodeAt(state.position) !== 0 && !isEol(state.input.charCodeAt(state.position))) {
		while (isWhiteSpace(state.input.charCodeAt(state.position))) state.position++;
		if (state.input.charCodeAt(state.position) === 35 || isEol(state.input.charCodeAt(state.position)) || state.input.charCodeAt(state.position) === 0) break;
		const start = state.position;
		while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position))) state.position++;
		args.push(state.input.slice(start, state.position));
	}
	if (isEol(state.input.charCodeAt(state.position))) consumeLineBreak(state);
	if (name === "YAML") {
		if (state.directives.some((directive) => directive.kind === "yaml")) throwError(state, "duplication of %YAML directive");
		if (args.length !== 1) throwError(state, "YAML directive accepts exactly one argument");
		const match = /^([0-9]+)\.([0-9]+)$/.exec(args[0]);
		if (match === null) throwError(state, "ill-formed argument of the YAML directive");
		if (parseInt(match[1], 10) !== 1) throwError(state, "unacceptable YAML version of the document");
		state.directives.push({
			kind: "yaml",
			version: args[0]
		});
	} else if (name === "TAG") {
		if (args.length !== 2) throwError(state, "TAG directive accepts exactly two arguments");
		const [handle, prefix] = args;
		if (!PATTERN_TAG_HANDLE.test(handle)) throwError(state, "ill-formed tag handle (first argument) of the TAG directive");
		if (HAS_OWN.call(state.tagHandlers, handle)) throwError(state, `there is a previously declared suffix for "${handle}" tag handle`);
		if (!PATTERN_TAG_PREFIX.test(prefix)) throwError(state, "ill-formed tag prefix (second argument) of the TAG directive");
		state.tagHandlers[handle] = prefix;
		state.directives.push({
			kind: "tag",
			handle,
			prefix
		});
	}
	return true;
}
function readDocument(state) {
	state.directives = [];
	state.tagHandlers = Object.create(null);
	let hasDirectives = false;
	skipSeparationSpace(state, true);
	while (readDirective(state)) {
		hasDirectives = true;
		skipSeparationSpace(state, true);
	}
	let explicitStart = false;
	let explicitEnd = false;
	let allowCompact = true;
	if (state.lineIndent === 0 && state.input.charCodeAt(state.position) === 45 && state.input.charCodeAt(state.position + 1) === 45 && state.input.charCodeAt(state.position + 2) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 3))) {
		explicitStart = true;
		const markerLine = state.line;
		state.position += 3;
		skipSeparationSpace(state, true);
		allowCompact = state.line > markerLine;
	} else if (hasDirectives) throwError(state, "directives end mark is expected");
	const documentEventIndex = state.events.length;
	if (!explicitStart && state.position === state.lineStart && state.input.charCodeAt(state.position) === 46 && testDocumentSeparator(state)) {
		state.position += 3;
		skipSeparationSpace(state, true);
		return;
	}
	addDocumentEvent(state, explicitStart, false);
	if (!parseNode(state, state.lineIndent - 1, CONTEXT_BLOCK_OUT, false, allowCompact, allowCompact)) addEmptyScalarEvent(state);
	skipSeparationSpace(state, true);
	if (state.position === state.lineStart && testDocumentSeparator(state)) {
		explicitEnd = state.input.charCodeAt(state.position) === 46;
		if (explicitEnd) {
			const markerLine = state.line;
			state.position += 3;
			skipSeparationSpace(state, true);
			if (state.line === markerLine && state.position < state.length) throwError(state, "end of the stream or a document separator is expected");
		}
	}
	const documentEvent = state.events[documentEventIndex];
	if (documentEvent?.type === EVENT_ID.DOCUMENT) documentEvent.explicitEnd = explicitEnd;
	addPopEvent(state);
	if (!explicitEnd && state.position < state.length && !testDocumentBoundary(state)) throwError(state, "end of the stream or a document separator is expected");
}
/**
* Parses YAML into a flat event stream referencing source text by offsets.
*
* @category Events
*/
function parseEvents(input, options) {
	const length = input.length;
	const state = {
		...DEFAULT_PARSER_OPTIONS,
		...options,
		input: `${input}\0`,
		length,
		position: 0,
		line: 0,
		lineStart: 0,
		lineIndent: 0,
		firstTabInLine: -1,
		depth: 0,
		directives: [],
		tagHandlers: Object.create(null),
		events: []
	};
	const nullpos = input.indexOf("\0");
	if (nullpos !== -1) YAMLException.throwAt(input, nullpos, "null byte is not allowed in input", state.filename);
	while (state.position < state.length) {
		skipByteOrderMark(state);
		skipSeparationSpace(state, true);
		if (state.position >= state.length) break;
		const documentStart = state.position;
		readDocument(state);
		if (state.position === documentStart)
 /* c8 ignore next */
		throwError(state, "can not read a document");
	}
	return state.events;
}
//#endregion
//#region src/load.ts
var DEFAULT_LOAD_OPTIONS = {
	...DEFAULT_PARSER_OPTIONS,
	...DEFAULT_CONSTRUCTOR_OPTIONS
};
function loadDocuments(input, options = {}) {
	const opts = {
		...DEFAULT_LOAD_OPTIONS,
		...options
	};
	const source = String(input);
	const PARSER_OPT_KEYS = Object.keys(DEFAULT_PARSER_OPTIONS);
	const CONSTRUCTOR_OPT_KEYS = Object.keys(DEFAULT_CONSTRUCTOR_OPTIONS);
	return constructFromEvents(parseEvents(source, pick(opts, PARSER_OPT_KEYS)), {
		...pick(opts, CONSTRUCTOR_OPT_KEYS),
		source
	});
}
function loadAll(input, iteratorOrOptions, options) {
	let iterator = null;
	if (typeof iteratorOrOptions === "function") iterator = iteratorOrOptions;
	else if (iteratorOrOptions !== null && typeof iteratorOrOptions === "object") options = iteratorOrOptions;
	const documents = loadDocuments(input, options);
	if (iterator === null) return documents;
	for (const document of documents) iterator(document);
}
/**
* Parses `string` as a single YAML document. Throws {@link YAMLException} on
* error. This function does not understand multi-document or empty sources; it
* throws an exception on those.
*
* > [!NOTE]
* > 1. When processing untrusted input, see the
* >    [security considerations](../docs/safety.md).
* > 2. All exceptions MUST be caught, not just {@link YAMLException}.
* > 3. The default {@link CORE_SCHEMA} comes without the `!!merge` tag. You can
* >    easily enable it if needed.
* > 4. The default {@link mapTag} is `{}`-object based, with known limitations
* >    (see description). For full compatibility use {@link realMapTag}
* >    instead (it uses native JS `Map`).
*
* @example
* Enable {@link mergeTag} and {@link realMapTag}:
*
* ```javascript
* import { load, CORE_SCHEMA, mergeTag, realMapTag } from 'js-yaml'
*
* try {
*   load(data, { schema: CORE_SCHEMA.withTags(mergeTag, realMapTag) })
* } catch (e) {
*   console.error(e)
* }
* ```
*
* @category Main
*/
function load(input, options) {
	const documents = loadDocuments(input, options);
	if (documents.length === 0) throw new YAMLException("expected a document, but the input is empty");
	if (documents.length === 1) return documents[0];
	throw new YAMLException("expected a single document in the stream, but found more");
}
//#endregion
//#region src/ast/from_js.ts
var INVALID = Symbol("INVALID");
function buildRepresentTypes(schema) {
	const defaultTags = new Set([
		schema.defaultScalarTag,
		schema.defaultSequenceTag,
		schema.defaultMappingTag
	].filter((t) => t !== void 0));
	const implicitScalars = schema.implicitScalarTags;
	const explicitTags = schema.tags.filter((t) => !(t.nodeKind === "scalar" && t.implicit) && !defaultTags.has(t));
	const defaultTagsLast = schema.tags.filter((t) => defaultTags.has(t));
	return [
		...implicitScalars.map((tag) => ({
			tag,
			implicitTag: true
		})),
		...explicitTags.map((tag) => ({
			tag,
			implicitTag: false
		})),
		...defaultTagsLast.map((tag) => ({
			tag,
			implicitTag: true
		}))
	];
}
function matchTag(state, object) {
	for (let index = 0, length = state.representTypes.length; index < length; index += 1) {
		const { tag, implicitTag } = state.representTypes[index];
		if (tag.identify(object)) {
			let tagName;
			if (tag.matchByTagPrefix) tagName = tag.representTagName(object);
			else tagName = tag.tagName;
			return {
				tag,
				tagName,
				implicitTag
			};
		}
	}
	return null;
}
function build(state, object) {
	if (!state.noRefs && object !== null && typeof object === "object") {
		const existing = state.refs.get(object);
		if (existing) {
			if (existing.anchor === void 0) existing.anchor = `ref_${state.refCounter++}`;
			return {
				kind: "alias",
				anchor: existing.anchor
			};
		}
	}
	const matched = matchTag(state, object);
	if (!matched) {
		if (object === void 0) return INVALID;
		if (state.skipInvalid) return INVALID;
		throw new YAMLException(`unacceptable kind of an object to dump ${Object.prototype.toString.call(object)}`);
	}
	const { tag, tagName, implicitTag } = matched;
	const nodeTagName = implicitTag ? tagName : tagNameShort(tagName);
	if (tag.nodeKind === "scalar") return {
		kind: "scalar",
		tag: nodeTagName,
		tagged: !implicitTag,
		style: SCALAR_STYLE.PLAIN,
		value: tag.represent(object)
	};
	if (tag.nodeKind === "sequence") {
		const container = tag.represent(object);
		const node = {
			kind: "sequence",
			tag: nodeTagName,
			tagged: !implicitTag,
			style: COLLECTION_STYLE.BLOCK,
			items: []
		};
		if (!state.noRefs) state.refs.set(object, node);
		for (let index = 0, length = container.length; index < length; index += 1) {
			let item = build(state, container[index]);
			if (item === INVALID && container[index] === void 0) item = build(state, null);
			if (item === INVALID) continue;
			node.items.push(item);
		}
		return node;
	}
	const map = tag.represent(object);
	const node = {
		kind: "mapping",
		tag: nodeTagName,
		tagged: !implicitTag,
		style: COLLECTION_STYLE.BLOCK,
		items: []
	};
	if (!state.noRefs) state.refs.set(object, node);
	for (const [objectKey, objectValue] of map) {
		const key = build(state, objectKey);
		if (key === INVALID) continue;
		const value = build(state, objectValue);
		if (value === INVALID) continue;
		node.items.push({
			key,
			value
		});
	}
	return node;
}
/**
* Convert JS object to AST. A JS value is one YAML document. An unrepresentable
* root becomes an empty document, which the presenter renders as an empty
* string.
*
* @category AST
*/
function jsToAst(input, schema, options = {}) {
	const root = build({
		representTypes: buildRepresentTypes(schema),
		noRefs: options.noRefs ?? false,
		skipInvalid: options.skipInvalid ?? false,
		refs: /* @__PURE__ */ new Map(),
		refCounter: 0
	}, input);
	return [{
		contents: root === INVALID ? null : root,
		directives: []
	}];
}
//#endregion
//#region src/ast/visit.ts
/**
* Return from a visitor to stop the whole traversal.
*
* @category AST
*/
var VISIT_BREAK = Symbol("visit:break");
/**
* Return from a visitor to skip the current node's children.
*
* @category AST
*/
var VISIT_SKIP = Symbol("visit:skip");
function visitNode(node, visitor, ctx) {
	const control = visitor(node, ctx);
	if (control === VISIT_BREAK) return true;
	if (control === VISIT_SKIP) return false;
	const depth = ctx.depth + 1;
	switch (node.kind) {
		case "sequence":
			for (const item of node.items) if (visitNode(item, visitor, {
				depth,
				parent: node,
				isKey: false
			})) return true;
			break;
		case "mapping": for (const { key, value } of node.items) {
			if (visitNode(key, visitor, {
				depth,
				parent: node,
				isKey: true
			})) return true;
			if (visitNode(value, visitor, {
				depth,
				parent: node,
				isKey: false
			})) return true;
		}
	}
	return false;
}
/**
* Walk every node in the documents, calling {@link Visitor} once per
* node (pre-order).
*
* @category AST
*/
function visit(documents, visitor) {
	for (const doc of documents) if (doc.contents && visitNode(doc.contents, visitor, {
		depth: 0,
		parent: null,
		isKey: false
	})) return;
}
//#endregion
//#region src/ast/styler_defaults.ts
function hasBit(mask, bit) {
	return (mask & 1 << bit) !== 0;
}
/**
* Default scalar styling rules in application order.
* See [Scalar styling](../../docs/scalar_styling.md) for usage details.
*
* @category AST
*/
var DEFAULT_SCALAR_STYLE_RULES = {
	applyQuoteFlowKeysOption,
	doubleQuoteForInvisibles,
	doubleQuoteWhitespaceOnly,
	applyForceQuotesOption,
	tryLongOrMultilineAsBlock,
	quoteInvalidPlain,
	fallbackToDoubleQuoted
};
function _preferredQuotedStyle(layout) {
	if (layout.presenterOptions.quoteStyle === "single" && hasBit(layout.allowedStylesMask, SCALAR_STYLE.SINGLE_QUOTED)) return SCALAR_STYLE.SINGLE_QUOTED;
	return SCALAR_STYLE.DOUBLE_QUOTED;
}
function applyQuoteFlowKeysOption(layout) {
	if (!layout.presenterOptions.quoteFlowKeys) return;
	if (!layout.isKey || !layout.flowOnly || layout.style !== SCALAR_STYLE.PLAIN) return;
	layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
function doubleQuoteForInvisibles(layout) {
	if (layout.style === SCALAR_STYLE.PLAIN && /[\t\x7F-\xA0\u2028\u2029\uFEFF\uFFFE\uFFFF]/.test(layout.node.value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
function doubleQuoteWhitespaceOnly(layout) {
	if (layout.style === SCALAR_STYLE.PLAIN && /^\s+$/.test(layout.node.value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
function applyForceQuotesOption(layout) {
	if (!layout.presenterOptions.forceQuotes) return;
	if (layout.isKey || layout.style !== SCALAR_STYLE.PLAIN) return;
	if (layout.node.tag !== layout.presenterOptions.schema.defaultScalarTag.tagName) return;
	layout.style = layout.node.value.includes("\n") ? SCALAR_STYLE.DOUBLE_QUOTED : _preferredQuotedStyle(layout);
}
function tryLongOrMultilineAsBlock(layout) {
	if (layout.style !== SCALAR_STYLE.PLAIN || layout.isKey) return;
	const value = layout.node.value;
	const multiline = value.indexOf("\n") !== -1;
	if (!hasBit(layout.allowedStylesMask, SCALAR_STYLE.LITERAL_BLOCK)) {
		if (multiline) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
		return;
	}
	const w = layout.presenterOptions.lineWidth;
	if (w === -1) {
		if (multiline) layout.style = SCALAR_STYLE.LITERAL_BLOCK;
		return;
	}
	const availableWidth = Math.max(Math.min(w, 40), w - layout.shiftOfContent);
	let position = 0;
	let shouldFold = false;
	while (position <= value.length) {
		let lineEnd = value.length;
		const nextLineBreak = value.indexOf("\n", position);
		if (nextLineBreak !== -1) lineEnd = nextLineBreak;
		const line = value.slice(position, lineEnd);
		if (line.length > availableWidth && line[0] !== " " && / [^ \t]/.test(line)) shouldFold = true;
		if (nextLineBreak === -1) break;
		position = nextLineBreak + 1;
	}
	if (shouldFold) layout.style = SCALAR_STYLE.FOLDED_BLOCK;
	else if (multiline) layout.style = SCALAR_STYLE.LITERAL_BLOCK;
}
function quoteInvalidPlain(layout) {
	if (layout.style === SCALAR_STYLE.PLAIN && !hasBit(layout.allowedStylesMask, SCALAR_STYLE.PLAIN)) layout.style = _preferredQuotedStyle(layout);
}
function fallbackToDoubleQuoted(layout) {
	if (!hasBit(layout.allowedStylesMask, layout.style)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
//#endregion
//#region src/ast/scalar_styler.ts
function setBit(mask, bit) {
	return mask | 1 << bit;
}
var SRC_C_PRINTABLE = "[\\x09\\x0A\\x0D\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]";
var SRC_B_CHAR = "[\\n\\r]";
var SRC_C_BYTE_ORDER_MARK = "\\uFEFF";
var SRC_S_WHITE = "[ \\t]";
var SRC_NB_CHAR = `(?:(?!(?:${SRC_B_CHAR}|${SRC_C_BYTE_ORDER_MARK}))${SRC_C_PRINTABLE})`;
var SRC_NS_CHAR = `(?:(?!${SRC_S_WHITE})${SRC_NB_CHAR})`;
var SRC_NB_JSON = "[\\x09\\x20-\\uD7FF\\uE000-\\uFFFF\\u{10000}-\\u{10FFFF}]";
var SRC_C_INDICATOR = "[-?:,\\[\\]{}#&*!|>'\"%@`]";
var SRC_C_FLOW_INDICATOR = "[,\\[\\]{}]";
var SRC_NS_PLAIN_SAFE_FLOW_OUT = SRC_NS_CHAR;
var SRC_NS_PLAIN_SAFE_FLOW_IN = `(?:(?!${SRC_C_FLOW_INDICATOR})${SRC_NS_CHAR})`;
var SRC_NS_PLAIN_FIRST_FLOW_OUT = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))`;
var SRC_NS_PLAIN_FIRST_FLOW_IN = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))`;
var SRC_NS_PLAIN_CHAR_FLOW_OUT = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_OUT})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))#*`;
var SRC_NS_PLAIN_CHAR_FLOW_IN = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_IN})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))#*`;
var SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_OUT})*`;
var SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_IN})*`;
var SRC_NS_PLAIN_ONE_LINE_FLOW_OUT = `${SRC_NS_PLAIN_FIRST_FLOW_OUT}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`;
var SRC_NS_PLAIN_ONE_LINE_FLOW_IN = `${SRC_NS_PLAIN_FIRST_FLOW_IN}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`;
var SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_OUT;
var SRC_NS_PLAIN_ONE_LINE_FLOW_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_IN;
var SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_OUT}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`;
var SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_IN}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`;
var SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT = `${SRC_NS_PLAIN_ONE_LINE_FLOW_OUT}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT})*`;
var SRC_NS_PLAIN_MULTI_LINE_FLOW_IN = `${SRC_NS_PLAIN_ONE_LINE_FLOW_IN}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN})*`;
var NS_PLAIN_FLOW_OUT = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT})$`, "u");
var NS_PLAIN_FLOW_IN = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_IN})$`, "u");
var NS_PLAIN_BLOCK_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY})$`, "u");
var NS_PLAIN_FLOW_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_FLOW_KEY})$`, "u");
var NB_SINGLE_ONE_LINE = new RegExp(`^(?:${SRC_NB_JSON})*$`, "u");
var NB_SINGLE_MULTI_LINE = new RegExp(`^(?:${SRC_NB_JSON}|\\n)*$`, "u");
var BLOCK_SCALAR_CONTENT = new RegExp(`^(?:${SRC_NB_CHAR}|\\n)*$`, "u");
var C_FORBIDDEN_FIRST_LINE = /^(?:---|\.\.\.)(?=$|[ \t\n\r])/;
var C_FORBIDDEN_CONTENT = /^(?:---|\.\.\.)(?=$|[ \t\n\r])/m;
function canUsePlain(layout) {
	const str = layout.node.value;
	if (str !== "") {
		if (!(layout.isKey ? layout.flowOnly ? NS_PLAIN_FLOW_KEY : NS_PLAIN_BLOCK_KEY : layout.flowOnly ? NS_PLAIN_FLOW_IN : NS_PLAIN_FLOW_OUT).test(str)) return false;
		if (layout.shiftOfFirstLine === 0 && C_FORBIDDEN_FIRST_LINE.test(str)) return false;
		if (layout.shiftOfContent === 0) {
			const firstLineBreak = str.indexOf("\n");
			if (firstLineBreak !== -1) {
				const content = str.slice(firstLineBreak + 1);
				if (C_FORBIDDEN_CONTENT.test(content)) return false;
			}
		}
	}
	const resolvedTag = layout.presenterOptions.schema.resolveImplicitScalarTag(str).tag.tagName;
	if (!layout.node.tagged && resolvedTag !== layout.node.tag) return false;
	if (!layout.node.tagged && str === "=" && resolvedTag === layout.presenterOptions.schema.defaultScalarTag.tagName) return false;
	return true;
}
function canUseSingleQuoted(layout) {
	const str = layout.node.value;
	if (!(layout.isKey ? NB_SINGLE_ONE_LINE : NB_SINGLE_MULTI_LINE).test(str)) return false;
	if (/[ \t]\n|\n[ \t]/.test(str)) return false;
	if (!layout.isKey && layout.shiftOfContent === 0) {
		const firstLineBreak = str.indexOf("\n");
		if (firstLineBreak !== -1 && C_FORBIDDEN_CONTENT.test(str.slice(firstLineBreak + 1))) return false;
	}
	return true;
}
function canUseBlock(layout) {
	if (layout.flowOnly || !BLOCK_SCALAR_CONTENT.test(layout.node.value)) return false;
	const contentIndent = layout.shiftOfContent - layout.shiftOfParent;
	if (contentIndent < 1) return false;
	if (contentIndent > 9 && /^\n* /.test(layout.node.value)) return false;
	if (layout.shiftOfContent === 0 && C_FORBIDDEN_CONTENT.test(layout.node.value)) return false;
	return true;
}
function detectAllowedStyles(layout) {
	let mask = setBit(0, SCALAR_STYLE.DOUBLE_QUOTED);
	if (canUsePlain(layout)) mask = setBit(mask, SCALAR_STYLE.PLAIN);
	if (canUseSingleQuoted(layout)) mask = setBit(mask, SCALAR_STYLE.SINGLE_QUOTED);
	if (canUseBlock(layout)) mask = setBit(setBit(mask, SCALAR_STYLE.LITERAL_BLOCK), SCALAR_STYLE.FOLDED_BLOCK);
	layout.allowedStylesMask = mask;
}
function renderScalar(layout) {
	switch (layout.style) {
		case SCALAR_STYLE.PLAIN: return renderPlain(layout);
		case SCALAR_STYLE.SINGLE_QUOTED: return renderSingleQuoted(layout);
		case SCALAR_STYLE.LITERAL_BLOCK: return renderLiteralBlock(layout);
		case SCALAR_STYLE.FOLDED_BLOCK: return renderFoldedBlock(layout);
		case SCALAR_STYLE.DOUBLE_QUOTED: return renderDoubleQuoted(layout);
	}
}
function renderPlain(layout) {
	return encodeFlowBreaks(layout.node.value, layout.shiftOfContent);
}
function renderSingleQuoted(layout) {
	return `'${encodeFlowBreaks(layout.node.value, layout.shiftOfContent).replace(/'/g, "''")}'`;
}
function renderLiteralBlock(layout) {
	const value = layout.node.value;
	return "|" + blockHeader(value, layout.shiftOfParent, layout.shiftOfContent) + dropEndingNewline(indentString(value, layout.shiftOfContent));
}
function renderFoldedBlock(layout) {
	const value = layout.node.value;
	const w = layout.presenterOptions.lineWidth;
	let availableWidth = Infinity;
	if (w !== -1) availableWidth = Math.max(Math.min(w, 40), w - layout.shiftOfContent);
	return ">" + blockHeader(value, layout.shiftOfParent, layout.shiftOfContent) + dropEndingNewline(indentString(foldBlockScalar(value, availableWidth), layout.shiftOfContent));
}
function renderDoubleQuoted(layout) {
	return `"${escapeString(layout.node.value)}"`;
}
function encodeFlowBreaks(string, shiftOfContent) {
	let nextLF = string.indexOf("\n");
	if (nextLF === -1) return string;
	const pad = " ".repeat(shiftOfContent);
	let result = string.slice(0, nextLF);
	const lineRe = /(\n+)([^\n]*)/g;
	lineRe.lastIndex = nextLF;
	let match;
	while (match = lineRe.exec(string)) {
		const breaks = match[1].length;
		const line = match[2];
		result += "\n".repeat(breaks + 1) + pad + line;
	}
	return result;
}
function indentString(string, spaces) {
	const indent = " ".repeat(spaces);
	let position = 0;
	let result = "";
	const length = string.length;
	while (position < length) {
		let line;
		const next = string.indexOf("\n", position);
		if (next === -1) {
			line = string.slice(position);
			position = length;
		} else {
			line = string.slice(position, next + 1);
			position = next + 1;
		}
		if (line.length && line !== "\n") result += indent;
		result += line;
	}
	return result;
}
function needIndentIndicator(string) {
	return /^\n* /.test(string);
}
function blockHeader(string, shiftOfParent, shiftOfContent) {
	const indentIndicator = needIndentIndicator(string) ? String(shiftOfContent - shiftOfParent) : "";
	const clip = string[string.length - 1] === "\n";
	return `${indentIndicator}${clip && (string[string.length - 2] === "\n" || string === "\n") ? "+" : clip ? "" : "-"}\n`;
}
function dropEndingNewline(string) {
	return string[string.length - 1] === "\n" ? string.slice(0, -1) : string;
}
function isMoreIndented(char) {
	return char === " " || char === "	";
}
function foldLine(line, width) {
	if (line === "" || isMoreIndented(line[0])) return line;
	const breakRe = / [^ \t]/g;
	let match;
	let start = 0;
	let end;
	let curr = 0;
	let next = 0;
	let result = "";
	while (match = breakRe.exec(line)) {
		next = match.index;
		if (next - start > width) {
			end = curr > start ? curr : next;
			result += `\n${line.slice(start, end)}`;
			start = end + 1;
		}
		curr = next;
	}
	result += "\n";
	if (line.length - start > width && curr > start) result += `${line.slice(start, curr)}\n${line.slice(curr + 1)}`;
	else result += line.slice(start);
	return result.slice(1);
}
function foldBlockScalar(string, width) {
	const lineRe = /(\n+)([^\n]*)/g;
	let nextLF = string.indexOf("\n");
	if (nextLF === -1) nextLF = string.length;
	lineRe.lastIndex = nextLF;
	let result = foldLine(string.slice(0, nextLF), width);
	let prevMoreIndented = string[0] === "\n" || isMoreIndented(string[0]);
	let moreIndented;
	let match;
	while (match = lineRe.exec(string)) {
		const prefix = match[1];
		const line = match[2];
		moreIndented = line !== "" && isMoreIndented(line[0]);
		result += prefix + (!prevMoreIndented && !moreIndented && line !== "" ? "\n" : "") + foldLine(line, width);
		prevMoreIndented = moreIndented;
	}
	return result;
}
var CHARACTERS_TO_ESCAPE = /["\\\x00-\x1F\x7F-\xA0\u2028\u2029\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]/gu;
function escapeCharacter(character) {
	switch (character) {
		case "\0": return "\\0";
		case "\x07": return "\\a";
		case "\b": return "\\b";
		case "	": return "\\t";
		case "\n": return "\\n";
		case "\v": return "\\v";
		case "\f": return "\\f";
		case "\r": return "\\r";
		case "\x1B": return "\\e";
		case "\"": return "\\\"";
		case "\\": return "\\\\";
		case "": return "\\N";
		case "\xA0": return "\\_";
		case "\u2028": return "\\L";
		case "\u2029": return "\\P";
	}
	const code = character.charCodeAt(0);
	const hex = code.toString(16).toUpperCase();
	if (code <= 255) return `\\x${"0".repeat(2 - hex.length)}${hex}`;
	return `\\u${"0".repeat(4 - hex.length)}${hex}`;
}
function escapeString(string) {
	return string.replace(CHARACTERS_TO_ESCAPE, escapeCharacter);
}
//#endregion
//#region src/ast/presenter.ts
var CHAR_LINE_FEED = 10;
var DEFAULT_PRESENTER_OPTIONS = {
	indent: 2,
	seqNoIndent: false,
	seqInlineFirst: true,
	lineWidth: 80,
	flowBracketPadding: false,
	flowSkipCommaSpace: false,
	flowSkipColonSpace: false,
	quoteFlowKeys: false,
	quoteStyle: "single",
	forceQuotes: false,
	scalarStyleRules: Object.keys(DEFAULT_SCALAR_STYLE_RULES).map((name) => Reflect.get(DEFAULT_SCALAR_STYLE_RULES, name)),
	tagBeforeAnchor: false
};
function nodeTagShort(node) {
	return node.tagged ? node.tag : tagNameShort(node.tag);
}
function createPresenterState(options) {
	const opts = {
		...DEFAULT_PRESENTER_OPTIONS,
		...options
	};
	if (opts.flowSkipColonSpace) opts.quoteFlowKeys = true;
	return {
		...opts,
		defaultScalarTagName: opts.schema.defaultScalarTag.tagName,
		openEnded: false
	};
}
function generateNextLine(state, level) {
	return `\n${" ".repeat(state.indent * level)}`;
}
function scalarLayout(state, node, parent, level, isKey, flowOnly) {
	return {
		node,
		parent,
		level,
		isKey,
		flowOnly,
		shiftOfParent: level === 0 ? -1 : state.indent * (level - 1),
		shiftOfContent: state.indent * Math.max(1, level),
		shiftOfFirstLine: level === 0 ? 0 : state.indent * level,
		presenterOptions: state,
		allowedStylesMask: 0,
		style: node.style
	};
}
function writeFlowSequence(state, level, node) {
	let result = "";
	for (let index = 0, length = node.items.length; index < length; index += 1) {
		const item = writeNode(state, level, node.items[index], node, {}).text;
		if (index > 0) result += `,${!state.flowSkipCommaSpace ? " " : ""}`;
		result += item;
	}
	const pad = state.flowBracketPadding && node.items.length > 0 ? " " : "";
	return `[${pad}${result}${pad}]`;
}
function writeBlockSequence(state, level, node, compact) {
	let result = "";
	for (let index = 0, length = node.items.length; index < length; index += 1) {
		const item = writeNode(state, level + 1, node.items[index], node, {
			block: true,
			compact: state.seqInlineFirst,
			isblockseq: true
		}).text;
		if (!compact || result !== "") result += generateNextLine(state, level);
		if (item === "" || CHAR_LINE_FEED === item.charCodeAt(0)) result += "-";
		else result += "- ";
		result += item;
	}
	return result;
}
function writeFlowMapping(state, level, node) {
	let result = "";
	for (const { key, value } of node.items) {
		let pairBuffer = "";
		if (result !== "") pairBuffer += `,${!state.flowSkipCommaSpace ? " " : ""}`;
		const keyRender = writeNode(state, level, key, node, { iskey: true });
		const keyText = keyRender.text;
		const valueText = writeNode(state, level, value, node, {}).text;
		const sep = state.flowSkipColonSpace || valueText === "" ? "" : " ";
		const keyIsBareProps = key.kind === "scalar" && keyRender.noBody && (key.tagged || key.anchor !== void 0);
		const keyColonSep = key.kind === "alias" || keyIsBareProps ? " " : "";
		pairBuffer += `${keyText}${keyColonSep}:${sep}${valueText}`;
		result += pairBuffer;
	}
	const pad = state.flowBracketPadding && result !== "" ? " " : "";
	return `{${pad}${result}${pad}}`;
}
function writeBlockMapping(state, level, node, compact) {
	let result = "";
	for (let index = 0, length = node.items.length; index < length; index += 1) {
		let pairBuffer = "";
		if (!compact || result !== "") pairBuffer += generateNextLine(state, level);
		const { key, value } = node.items[index];
		const keyIsBlock = (key.kind === "mapping" || key.kind === "sequence") && key.style === COLLECTION_STYLE.BLOCK && key.items.length !== 0 || key.kind === "scalar" && (key.style === SCALAR_STYLE.LITERAL_BLOCK || key.style === SCALAR_STYLE.FOLDED_BLOCK);
		const keyRender = keyIsBlock ? writeNode(state, level + 1, key, node, {
			block: true,
			compact: true,
			isblockseq: !cannotBeCompact(state, key, level + 1)
		}) : writeNode(state, level + 1, key, node, {
			block: true,
			compact: true,
			iskey: true
		});
		const keyText = keyRender.text;
		const keyHasLineBreak = key.kind === "scalar" && key.value.indexOf("\n") !== -1;
		const keyIsTooLong = keyText.length > 1024 && /^[\s\S]{1025}/u.test(keyText);
		const explicitPair = keyIsBlock || keyHasLineBreak || keyIsTooLong;
		if (explicitPair) {
			if (keyText && CHAR_LINE_FEED === keyText.charCodeAt(0)) pairBuffer += "?";
			else pairBuffer += "? ";
		}
		pairBuffer += keyText;
		if (explicitPair) pairBuffer += generateNextLine(state, level);
		const valueText = writeNode(state, level + 1, value, node, {
			block: true,
			compact: explicitPair,
			isblockseq: explicitPair && !cannotBeCompact(state, value, level + 1)
		}).text;
		const keyIsBareProps = key.kind === "scalar" && keyRender.noBody && (key.tagged || key.anchor !== void 0);
		const keyColonSep = !explicitPair && (key.kind === "alias" || keyIsBareProps) ? " " : "";
		if (valueText === "" || CHAR_LINE_FEED === valueText.charCodeAt(0)) pairBuffer += `${keyColonSep}:`;
		else pairBuffer += `${keyColonSep}: `;
		pairBuffer += valueText;
		result += pairBuffer;
	}
	return result;
}
function cannotBeCompact(state, node, level) {
	if (node.kind === "alias") return true;
	return node.tagged || node.anchor !== void 0 || state.indent < 2 && level > 0;
}
function writeNode(state, level, node, parent, ctx) {
	if (node.kind === "alias") {
		state.openEnded = false;
		return {
			text: `*${node.anchor}`,
			noBody: false
		};
	}
	const { block = false, iskey = false, isblockseq = false } = ctx;
	let compact = ctx.compact ?? false;
	const hasAnchor = node.anchor !== void 0;
	if (cannotBeCompact(state, node, level)) compact = false;
	let body;
	let shouldPrintTag = node.tagged;
	const useBlockCollection = block && (node.kind === "mapping" || node.kind === "sequence") && node.style === COLLECTION_STYLE.BLOCK && node.items.length !== 0;
	if (node.kind === "mapping") {
		if (useBlockCollection) body = writeBlockMapping(state, level, node, compact);
		else body = writeFlowMapping(state, level, node);
	} else if (node.kind === "sequence") {
		if (useBlockCollection) {
			if (state.seqNoIndent && !isblockseq && level > 0) body = writeBlockSequence(state, level - 1, node, compact);
			else body = writeBlockSequence(state, level, node, compact);
		} else body = writeFlowSequence(state, level, node);
	} else {
		const layout = scalarLayout(state, node, parent, level, iskey, !block);
		detectAllowedStyles(layout);
		for (const rule of state.scalarStyleRules) rule(layout);
		body = renderScalar(layout);
		state.openEnded = (layout.style === SCALAR_STYLE.LITERAL_BLOCK || layout.style === SCALAR_STYLE.FOLDED_BLOCK) && (node.value === "\n" || node.value.endsWith("\n\n"));
		shouldPrintTag = node.tagged || body === "" && layout.flowOnly && parent?.kind === "sequence" && !hasAnchor || layout.style !== SCALAR_STYLE.PLAIN && node.tag !== state.defaultScalarTagName;
	}
	if ((node.kind === "mapping" || node.kind === "sequence") && !useBlockCollection) state.openEnded = false;
	if (useBlockCollection && compact && level > 0 && state.indent > 2) body = `${" ".repeat(state.indent - 2)}${body}`;
	const noBody = body === "";
	let text = body;
	if (shouldPrintTag || hasAnchor) {
		const props = [];
		const tag = shouldPrintTag ? nodeTagShort(node) : null;
		const anchor = hasAnchor ? `&${node.anchor}` : null;
		if (state.tagBeforeAnchor) {
			if (tag !== null) props.push(tag);
			if (anchor !== null) props.push(anchor);
		} else {
			if (anchor !== null) props.push(anchor);
			if (tag !== null) props.push(tag);
		}
		const sep = body === "" || body.charCodeAt(0) === CHAR_LINE_FEED ? "" : " ";
		text = `${props.join(" ")}${sep}${body}`;
	}
	return {
		text,
		noBody
	};
}
function rootStartsOwnLine(node) {
	return (node.kind === "sequence" || node.kind === "mapping") && node.style === COLLECTION_STYLE.BLOCK && node.items.length !== 0 && !node.tagged && node.anchor === void 0;
}
function writeDocumentDirectives(doc) {
	let result = "";
	for (const directive of doc.directives) {
		if (directive.kind === "yaml") {
			result += `%YAML ${directive.version}\n`;
			continue;
		}
		const { handle, prefix } = directive;
		result += `%TAG ${handle} ${prefix}\n`;
	}
	return result;
}
/**
* Build YAML from AST.
*
* @category AST
*/
function present(documents, options) {
	const state = createPresenterState(options);
	let result = "";
	let previousEnded = false;
	for (let index = 0; index < documents.length; index += 1) {
		const doc = documents[index];
		state.openEnded = false;
		const directives = writeDocumentDirectives(doc);
		const hasDirectives = directives !== "";
		const marker = doc.explicitStart || hasDirectives || index > 0 && !previousEnded;
		result += directives;
		if (doc.contents === null) {
			if (marker) result += "---\n";
		} else if (marker) {
			const body = writeNode(state, 0, doc.contents, null, {
				block: true,
				compact: true
			}).text;
			const sep = body === "" ? "" : hasDirectives || rootStartsOwnLine(doc.contents) ? "\n" : " ";
			result += `---${sep}${body}\n`;
		} else result += writeNode(state, 0, doc.contents, null, {
			block: true,
			compact: true
		}).text + "\n";
		previousEnded = doc.explicitEnd || state.openEnded;
		if (previousEnded) result += "...\n";
	}
	return result;
}
//#endregion
//#region src/dump.ts
var DEFAULT_DUMP_OPTIONS = {
	...DEFAULT_PRESENTER_OPTIONS,
	schema: DUMP_SCHEMA,
	skipInvalid: false,
	noRefs: false,
	flowLevel: -1,
	sortKeys: false,
	transform: () => {}
};
function defaultCompareFn(a, b) {
	const x = String(a);
	const y = String(b);
	if (x < y) return -1;
	if (x > y) return 1;
	return 0;
}
/**
* Serializes JS object as a YAML document. By default it can dump every
* supported YAML type, so it throws an exception if you try to dump regexps or
* functions. However, you can disable exceptions by setting the
* {@link DumpOptions.skipInvalid} option to `true`.
*
* @category Main
*/
function js_yaml_dump(input, options = {}) {
	const opts = {
		...DEFAULT_DUMP_OPTIONS,
		...options
	};
	const documents = jsToAst(input, opts.schema, {
		noRefs: opts.noRefs,
		skipInvalid: opts.skipInvalid
	});
	if (opts.flowLevel >= 0) visit(documents, (node, ctx) => {
		if (ctx.depth < opts.flowLevel) return;
		if (node.kind === "sequence" || node.kind === "mapping") node.style = COLLECTION_STYLE.FLOW;
		return VISIT_SKIP;
	});
	if (opts.sortKeys) {
		const compareFn = opts.sortKeys === true ? defaultCompareFn : opts.sortKeys;
		visit(documents, (node) => {
			if (node.kind !== "mapping") return;
			node.items.sort((a, b) => compareFn(a.key.kind === "scalar" ? a.key.value : "", b.key.kind === "scalar" ? b.key.value : ""));
		});
	}
	opts.transform(documents);
	return present(documents, {
		...pick(opts, Object.keys(DEFAULT_PRESENTER_OPTIONS)),
		schema: opts.schema
	});
}
//#endregion
//#region src/ast/from_events.ts
var NO_RANGE = (/* unused pure expression or super */ null && (-1));
function eventPosition(event) {
	if ("tagStart" in event && event.tagStart !== NO_RANGE) return event.tagStart;
	if ("anchorStart" in event && event.anchorStart !== NO_RANGE) return event.anchorStart;
	if ("valueStart" in event && event.valueStart !== NO_RANGE) return event.valueStart;
	if ("start" in event) return event.start;
	return 0;
}
function rawTag(state, event) {
	return event.tagStart === NO_RANGE ? "" : state.source.slice(event.tagStart, event.tagEnd);
}
function anchorName(state, event) {
	return event.anchorStart === NO_RANGE ? void 0 : state.source.slice(event.anchorStart, event.anchorEnd);
}
function buildScalar(state, event) {
	const value = getScalarValue(state.source, event);
	const raw = rawTag(state, event);
	let tag;
	let tagged = false;
	if (raw !== "") {
		tagged = true;
		tag = raw;
	} else if (event.style === SCALAR_STYLE.PLAIN) tag = state.schema.resolveImplicitScalarTag(value).tag.tagName;
	else tag = state.schema.defaultScalarTag.tagName;
	return {
		kind: "scalar",
		tag,
		tagged,
		style: event.style,
		anchor: anchorName(state, event),
		value
	};
}
function buildCollection(state, event, defaultTagName) {
	const raw = rawTag(state, event);
	let tag;
	let tagged = false;
	if (raw === "") tag = defaultTagName;
	else {
		tag = raw;
		tagged = true;
	}
	return {
		tag,
		tagged,
		style: event.style,
		anchor: anchorName(state, event)
	};
}
function addNode(state, node) {
	const frame = state.frames[state.frames.length - 1];
	if (frame.kind === "document") frame.doc.contents = node;
	else if (frame.kind === "sequence") frame.node.items.push(node);
	else if (frame.key) {
		frame.node.items.push({
			key: frame.key,
			value: node
		});
		frame.key = null;
	} else frame.key = node;
}
/**
* Builds an AST from parser events
*
* @category AST
*/
function eventsToAst(events, options) {
	const state = {
		source: options.source,
		schema: options.schema,
		eventIndex: 0,
		position: 0,
		frames: [],
		documents: []
	};
	while (state.eventIndex < events.length) {
		const event = events[state.eventIndex++];
		state.position = eventPosition(event);
		switch (event.type) {
			case EVENT_ID.DOCUMENT: {
				const doc = {
					contents: null,
					explicitStart: event.explicitStart,
					explicitEnd: event.explicitEnd,
					directives: event.directives
				};
				state.frames.push({
					kind: "document",
					doc
				});
				break;
			}
			case EVENT_ID.SCALAR:
				addNode(state, buildScalar(state, event));
				break;
			case EVENT_ID.SEQUENCE: {
				const { tag, tagged, style, anchor } = buildCollection(state, event, "tag:yaml.org,2002:seq");
				const node = {
					kind: "sequence",
					tag,
					tagged,
					style,
					anchor,
					items: []
				};
				state.frames.push({
					kind: "sequence",
					node
				});
				break;
			}
			case EVENT_ID.MAPPING: {
				const { tag, tagged, style, anchor } = buildCollection(state, event, "tag:yaml.org,2002:map");
				const node = {
					kind: "mapping",
					tag,
					tagged,
					style,
					anchor,
					items: []
				};
				state.frames.push({
					kind: "mapping",
					node,
					key: null
				});
				break;
			}
			case EVENT_ID.ALIAS:
				addNode(state, {
					kind: "alias",
					anchor: state.source.slice(event.anchorStart, event.anchorEnd)
				});
				break;
			case EVENT_ID.POP: {
				const frame = state.frames.pop();
				if (frame.kind === "mapping" && frame.key) throw new Error("incomplete mapping pair in event stream");
				if (frame.kind === "document") state.documents.push(frame.doc);
				else addNode(state, frame.node);
				break;
			}
		}
	}
	return state.documents;
}
//#endregion
//#region src/index.ts
/** @deprecated Use `EVENT_ID.DOCUMENT` instead. @internal */
var EVENT_DOCUMENT = EVENT_ID.DOCUMENT;
/** @deprecated Use `EVENT_ID.SEQUENCE` instead. @internal */
var EVENT_SEQUENCE = EVENT_ID.SEQUENCE;
/** @deprecated Use `EVENT_ID.MAPPING` instead. @internal */
var EVENT_MAPPING = EVENT_ID.MAPPING;
/** @deprecated Use `EVENT_ID.SCALAR` instead. @internal */
var EVENT_SCALAR = EVENT_ID.SCALAR;
/** @deprecated Use `EVENT_ID.ALIAS` instead. @internal */
var EVENT_ALIAS = EVENT_ID.ALIAS;
/** @deprecated Use `EVENT_ID.POP` instead. @internal */
var EVENT_POP = EVENT_ID.POP;
/** @deprecated Use `SCALAR_STYLE.PLAIN` instead. @internal */
var SCALAR_STYLE_PLAIN = SCALAR_STYLE.PLAIN;
/** @deprecated Use `SCALAR_STYLE.SINGLE_QUOTED` instead. @internal */
var SCALAR_STYLE_SINGLE_QUOTED = SCALAR_STYLE.SINGLE_QUOTED;
/** @deprecated Use `SCALAR_STYLE.DOUBLE_QUOTED` instead. @internal */
var SCALAR_STYLE_DOUBLE_QUOTED = SCALAR_STYLE.DOUBLE_QUOTED;
/** @deprecated Use `SCALAR_STYLE.LITERAL_BLOCK` instead. @internal */
var SCALAR_STYLE_LITERAL_BLOCK = SCALAR_STYLE.LITERAL_BLOCK;
/** @deprecated Use `SCALAR_STYLE.FOLDED_BLOCK` instead. @internal */
var SCALAR_STYLE_FOLDED_BLOCK = SCALAR_STYLE.FOLDED_BLOCK;
/** @deprecated Use `COLLECTION_STYLE.BLOCK` instead. @internal */
var COLLECTION_STYLE_BLOCK = COLLECTION_STYLE.BLOCK;
/** @deprecated Use `COLLECTION_STYLE.FLOW` instead. @internal */
var COLLECTION_STYLE_FLOW = COLLECTION_STYLE.FLOW;
/** @deprecated Use `CHOMPING_MODE.CLIP` instead. @internal */
var CHOMPING_CLIP = CHOMPING_MODE.CLIP;
/** @deprecated Use `CHOMPING_MODE.STRIP` instead. @internal */
var CHOMPING_STRIP = CHOMPING_MODE.STRIP;
/** @deprecated Use `CHOMPING_MODE.KEEP` instead. @internal */
var CHOMPING_KEEP = CHOMPING_MODE.KEEP;
//#endregion


//# sourceMappingURL=js-yaml.mjs.map
// EXTERNAL MODULE: ./packages/shared/src/formats/malformed.ts
var malformed = __nccwpck_require__(9529);
;// CONCATENATED MODULE: ./packages/shared/src/formats/yaml.ts


/** YAML 1.2 core plus merge keys: `yes` stays a word, dates stay text. kubectl reads 1.1: let it parse what it applies. */
const options = { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth: 100, maxAliases: 500 };
/** Parses one document; a text without any (empty, or comments alone) is null. @throws MalformedError with line and column */
function parseYaml(text) {
    const documents = parseYamlDocuments(text);
    if (documents.length > 1)
        throw new malformed/* MalformedError */.G(`holds ${documents.length} documents where one is expected`);
    return documents[0] ?? null;
}
/** Parses a stream of documents separated by `---`. @throws MalformedError with line and column */
function parseYamlDocuments(text) {
    return guarded(() => loadAll(text, options));
}
/** Writes a value as YAML that YAML 1.1 and 1.2 readers understand alike. */
function formatYaml(value) {
    return dump(value, { lineWidth: -1, noRefs: true });
}
function guarded(parse) {
    try {
        return parse();
    }
    catch (error) {
        if (error instanceof YAMLException) {
            throw new malformed/* MalformedError */.G(error.reason, place(error.mark));
        }
        // The parser asks its callers to expect other exceptions too (js-yaml 5, load).
        throw new malformed/* MalformedError */.G(error instanceof Error ? error.message : String(error));
    }
}
function place(mark) {
    return mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 };
}


/***/ }),

/***/ 9429:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AS: () => (/* binding */ pairs),
/* harmony export */   Ae: () => (/* binding */ path),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   QP: () => (/* binding */ defineAction),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   nJ: () => (/* binding */ camel),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   rJ: () => (/* binding */ secret),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* unused harmony exports integer, bytes, document, jobToken */
/**
 * One declaration an action: the types of its inputs and outputs, their validation (inputs.ts), action.yml and the
 * tables of README and docs (metadata.ts) all come from it.
 */
function input(kind, description, options) {
    return {
        kind,
        description,
        required: options.required ?? false,
        default: options.default,
        example: options.example,
        choices: options.choices,
        min: options.min,
        max: options.max,
        exists: options.exists,
    };
}
/** A line of text, trimmed. */
const text = (description, options = {}) => input('text', description, options);
/** One of a closed list of words. */
const choice = (choices, description, options = {}) => input('choice', description, { ...options, choices });
/** true or false (any of YAML 1.2's spellings). */
const boolean = (description, options) => input('boolean', description, options);
/** A whole number. */
const integer = (description, options = {}) => input('integer', description, options);
/** "90s", "10m", "1h30m": milliseconds. */
const duration = (description, options = {}) => input('duration', description, options);
/** "64Mi", "2G": bytes. */
const bytes = (description, options = {}) => input('bytes', description, options);
/** A file or folder inside the workspace: an absolute path, links resolved as far as it exists. */
const path = (description, options = {}) => input('path', description, options);
/** One value a line; empty lines and lines that start with # are left out. */
const lines = (description, options = {}) => input('lines', description, options);
/** One key=value a line; the value may hold further equals signs. */
const pairs = (description, options = {}) => input('pairs', description, options);
/** A YAML or JSON document, or the path of a file in the workspace that holds one. */
const document = (description, options = {}) => input('document', description, options);
/** A value that is masked before anything is logged. */
const secret = (description, options = {}) => input('secret', description, options);
/** The token of the job, which the runner fills in; undefined outside of a job. Masked like every secret. */
const jobToken = (description) => input('secret', description, { default: '${{ github.token }}' });
/** Declares an action. */
function defineAction(declaration) {
    return { icon: 'package', color: 'orange', ...declaration };
}
/** 'on-failure' → 'onFailure' */
function camel(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 4662:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./packages/shared/src/base/codes.ts
var codes = __nccwpck_require__(2215);
// EXTERNAL MODULE: ./packages/shared/src/base/errors.ts
var errors = __nccwpck_require__(5026);
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./packages/shared/src/run/clock.ts

/** The system's clock. */
const systemClock = {
    now: () => Date.now(),
    async sleep(ms, signal) {
        try {
            await (0,promises_namespaceObject.setTimeout)(ms, undefined, signal === undefined ? {} : { signal });
        }
        catch (error) {
            throw signal?.aborted === true ? signal.reason : error;
        }
    },
};

// EXTERNAL MODULE: ./packages/shared/src/run/declaration.ts
var run_declaration = __nccwpck_require__(9429);
// EXTERNAL MODULE: ./packages/shared/src/base/text.ts
var base_text = __nccwpck_require__(3282);
// EXTERNAL MODULE: ./packages/shared/src/formats/markdown.ts
var markdown = __nccwpck_require__(9523);
;// CONCATENATED MODULE: ./packages/shared/src/run/failure.ts




/** Where the documentation of the error codes stands. */
const errorsPage = 'docs/errors.md';
/** Whatever was thrown as one of our errors; anything unforeseen becomes INTERNAL. */
function describeFailure(thrown) {
    if (!(thrown instanceof errors/* DeliveryError */.VE)) {
        return {
            code: codes/* codes */.F.INTERNAL.code,
            kind: 'internal',
            message: (0,errors/* messageOf */.bD)(thrown),
            remedy: codes/* codes */.F.INTERNAL.remedy,
            ...(thrown instanceof Error && thrown.stack !== undefined ? { evidence: thrown.stack } : {}),
            help: helpFor(codes/* codes */.F.INTERNAL.code),
        };
    }
    return {
        code: thrown.code,
        kind: thrown.kind,
        message: thrown.message,
        remedy: thrown.remedy,
        ...(thrown.location === undefined ? {} : { location: thrown.location }),
        ...(thrown instanceof errors/* InputError */.dz ? { problems: thrown.problems } : {}),
        ...(thrown.evidence === undefined ? {} : { evidence: thrown.evidence }),
        ...(thrown instanceof errors/* ToolError */.v4 ? { command: thrown.command, exitCode: thrown.exitCode } : {}),
        ...(thrown instanceof errors/* ServiceError */._7 && thrown.status !== undefined ? { status: thrown.status } : {}),
        help: helpFor(thrown.code),
    };
}
/** The annotations of a failure: one for each problem of an InputError, otherwise one. Cause first, remedy second. */
function failureAnnotations(thrown) {
    const failure = describeFailure(thrown);
    const withRemedy = (message) => `${endSentence((0,base_text/* oneLine */.TN)(message, 1500))} ${failure.remedy} [${failure.code}]`;
    if (thrown instanceof errors/* InputError */.dz && thrown.problems.length > 1) {
        return thrown.problems.map(({ subject, problem, example, location }) => ({
            level: 'error',
            message: `${endSentence(`${subject}: ${problem}`)}${example === undefined ? '' : ` Example: ${example}`} [${failure.code}]`,
            ...location,
        }));
    }
    const example = thrown instanceof errors/* InputError */.dz ? thrown.problems[0]?.example : undefined;
    const message = example === undefined ? failure.message : `${endSentence(failure.message)} Example: ${example}`;
    return [
        {
            level: 'error',
            message: withRemedy(message),
            ...(thrown instanceof errors/* DeliveryError */.VE ? thrown.location : undefined),
        },
    ];
}
/** The part of the job summary that a failed step ends with. */
function failureSummary(actionName, thrown) {
    const failure = describeFailure(thrown);
    const parts = [`**What to do:** ${(0,markdown/* escapeMarkdown */.FV)(failure.remedy)}`];
    if (thrown instanceof errors/* InputError */.dz) {
        parts.push((0,markdown/* table */.tp)(['Where', 'What is wrong', 'Valid example'], thrown.problems.map(({ subject, problem, example, location }) => [
            `${(0,markdown/* code */.aY)(subject)}${location === undefined ? '' : ` ${(0,markdown/* code */.aY)(`${location.file}:${location.line ?? 1}`)}`}`,
            (0,markdown/* escapeMarkdown */.FV)(problem),
            (0,markdown/* code */.aY)(example ?? ''),
        ])));
    }
    else {
        parts.unshift((0,markdown/* escapeMarkdown */.FV)(failure.message));
    }
    if (failure.command !== undefined) {
        parts.push((0,markdown/* details */.zH)(`Command (exit code ${String(failure.exitCode)})`, (0,markdown/* codeBlock */.DV)(failure.command.join(' '))));
    }
    if (failure.evidence !== undefined)
        parts.push((0,markdown/* details */.zH)('Evidence', (0,markdown/* codeBlock */.DV)(failure.evidence), true));
    parts.push(failureReference(thrown));
    const title = thrown instanceof errors/* InputError */.dz
        ? `${markdown/* marks */.Z8.bad} ${actionName}: ${(0,base_text/* count */.U9)(thrown.problems.length, 'problem')} in the inputs`
        : `${markdown/* marks */.Z8.bad} ${actionName} failed`;
    return (0,markdown/* section */.uW)(3, title, ...parts);
}
/** Where to read on about a failure: its code and its place in the documentation. */
function failureReference(thrown) {
    const { code: id, help } = describeFailure(thrown);
    return `<sub>${id} · ${help}</sub>`;
}
function helpFor(id) {
    return `${errorsPage}#${id.toLowerCase()}`;
}
function endSentence(text) {
    return /[.!?…]$/.test(text) ? text : `${text}.`;
}

// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __nccwpck_require__(6466);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
// EXTERNAL MODULE: ./packages/shared/src/base/duration.ts
var duration = __nccwpck_require__(4069);
// EXTERNAL MODULE: ./packages/shared/src/base/retry.ts
var retry = __nccwpck_require__(6207);
;// CONCATENATED MODULE: ./packages/shared/src/run/http.ts






// Loading TLS takes as long as half a bare Node: only the first request that needs it pays.
const http = () => process.getBuiltinModule('node:http');
const https = () => process.getBuiltinModule('node:https');
const rootCertificates = () => process.getBuiltinModule('node:tls').rootCertificates;
const defaults = { timeoutMs: 30_000, attempts: 4, maxBytes: 64 * 1024 * 1024, redirects: 5 };
/** Thrown by an attempt: a socket-level failure with what is known about it. */
class Failure extends Error {
    errorCode;
    constructor(message, errorCode, cause) {
        super(message, { cause });
        this.errorCode = errorCode;
    }
}
/**
 * The one HTTP client: keep-alive, deadlines, retries of what may be repeated, proxies by HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY (Node's own support, from 24.5), additional certificate authorities.
 */
function createHttp(surroundings) {
    const { clock, random, cancelled, backoff = retry/* defaultBackoff */.ks, onRetry } = surroundings;
    const agents = new Map();
    const agentFor = (url, request) => {
        const direct = request.socketPath !== undefined || isLoopback(url.hostname);
        const key = `${url.protocol}|${direct ? 'direct' : 'proxied'}|${request.ca ?? ''}`;
        const known = agents.get(key);
        if (known !== undefined)
            return known;
        const proxyEnv = direct ? {} : { proxyEnv: { ...surroundings.variables } };
        const agent = url.protocol === 'https:'
            ? new (https().Agent)({
                keepAlive: true,
                ...proxyEnv,
                ...(request.ca === undefined ? {} : { ca: [...rootCertificates(), request.ca] }),
            })
            : new (http().Agent)({ keepAlive: true, ...proxyEnv });
        agents.set(key, agent);
        return agent;
    };
    /** One exchange: resolves with the headers, rejects with a Failure. */
    const exchange = (url, request, headers) => new Promise((resolve, reject) => {
        const timeoutMs = request.timeoutMs ?? defaults.timeoutMs;
        const options = {
            method: request.method,
            headers: { 'user-agent': 'wso2-delivery', ...headers, ...lengthOf(request) },
            agent: agentFor(url, request),
            ...(request.socketPath === undefined ? {} : { socketPath: request.socketPath }),
        };
        const sent = (url.protocol === 'https:' ? https() : http()).request(url, options);
        let answer;
        // Once the headers are there, the reader of the body is who must hear of the failure.
        const fail = (failure) => (answer ?? sent).destroy(failure);
        const abort = () => fail(new Failure('cancelled', 'CANCELLED'));
        const signals = [cancelled, ...(request.signal === undefined ? [] : [request.signal])];
        if (signals.some((signal) => signal.aborted))
            abort();
        for (const signal of signals)
            signal.addEventListener('abort', abort, { once: true });
        sent.once('close', () => signals.forEach((signal) => signal.removeEventListener('abort', abort)));
        sent.setTimeout(timeoutMs, () => fail(new Failure(`nothing came for ${(0,duration/* formatDuration */.a)(timeoutMs)}`, 'TIMEOUT')));
        sent.once('response', (message) => {
            answer = message;
            resolve(message);
        });
        sent.on('error', (error) => reject(asFailure(error)));
        const { body } = request;
        if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
            sent.end(body);
        // A server may answer (401, 413) and close before it has read everything: the answer counts, not the broken pipe.
        else
            (0,promises_.pipeline)(external_node_stream_.Readable.from(body.open()), sent).catch((error) => reject(asFailure(error)));
    });
    const follow = async (request) => {
        let url = new URL(request.url);
        let headers = lowerCase(request.headers ?? {});
        const mayFollow = request.redirect !== 'manual' && (request.method === 'GET' || request.method === 'HEAD');
        for (let hop = 0;; hop++) {
            const message = await exchange(url, request, headers);
            const { location } = message.headers;
            const isRedirect = [301, 302, 303, 307, 308].includes(message.statusCode ?? 0) && location !== undefined;
            if (!isRedirect || !mayFollow || hop === defaults.redirects)
                return { url, message };
            message.resume();
            const next = new URL(location, url);
            if (next.origin !== url.origin) {
                headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization' && name !== 'cookie'));
            }
            url = next;
        }
    };
    /** Repeats `attempt` while it may and should be repeated. */
    const persistently = async (request, attempt) => {
        const may = (0,retry/* isIdempotent */.ky)(request.method) || request.repeatable === true;
        const attempts = may ? (request.attempts ?? defaults.attempts) : 1;
        for (let n = 1;; n++) {
            let outcome;
            try {
                outcome = { answer: await attempt() };
            }
            catch (error) {
                if (!(error instanceof Failure))
                    throw error;
                outcome = { failure: error };
            }
            const again = 'answer' in outcome
                ? (0,retry/* isTransient */.dg)({ status: outcome.answer.status })
                : (0,retry/* isTransient */.dg)({ errorCode: outcome.failure.errorCode });
            const retryAfter = 'answer' in outcome ? (0,retry/* parseRetryAfter */.mu)(outcome.answer.headers['retry-after'], clock.now()) : undefined;
            const pause = n < attempts && again ? (0,retry/* pauseBefore */.GB)(n + 1, random(), retryAfter, backoff) : undefined;
            if (pause === undefined) {
                if ('answer' in outcome)
                    return outcome.answer;
                throw serviceError(request, outcome.failure, n);
            }
            const reason = 'answer' in outcome ? `answered ${outcome.answer.status}` : outcome.failure.message;
            onRetry?.(`${request.method} ${displayUrl(request.url)} ${reason}; attempt ${n + 1} of ${attempts} in ${(0,duration/* formatDuration */.a)(pause)}`);
            if ('answer' in outcome && 'close' in outcome.answer)
                outcome.answer.close();
            await clock.sleep(pause, cancelled);
        }
    };
    return {
        request: (request) => persistently(request, async () => {
            const { url, message } = await follow(request);
            const body = await readAll(message, request);
            return {
                ...answerOf(url, message),
                body,
                text: () => body.toString('utf8'),
                json: () => JSON.parse(body.toString('utf8')),
            };
        }),
        stream: (request) => persistently(request, async () => {
            const { url, message } = await follow(request);
            return { ...answerOf(url, message), body: chunks(message, request), close: () => message.destroy() };
        }),
        close: () => {
            for (const agent of agents.values())
                agent.destroy();
        },
    };
}
/** A URL for messages: no user info, and no query, which may hold a token or a signature. */
function displayUrl(url) {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
}
/** This machine itself: never through a proxy, as curl and Go do it too. */
function isLoopback(host) {
    return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
function answerOf(url, message) {
    const headers = {};
    for (const [name, value] of Object.entries(message.headers)) {
        if (value !== undefined)
            headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return { status: message.statusCode ?? 0, headers, url: url.toString() };
}
async function readAll(message, request) {
    const limit = request.maxBytes ?? defaults.maxBytes;
    const parts = [];
    let size = 0;
    try {
        for await (const chunk of message) {
            size += chunk.length;
            if (size > limit) {
                message.destroy();
                throw new errors/* ServiceError */._7(codes/* codes */.F.SERVICE_TOO_LARGE, `${request.method} ${displayUrl(request.url)} sent more than ${limit} bytes`, { method: request.method, url: displayUrl(request.url), status: message.statusCode });
            }
            parts.push(chunk);
        }
    }
    catch (error) {
        if (error instanceof errors/* ServiceError */._7)
            throw error;
        throw asFailure(error);
    }
    return Buffer.concat(parts);
}
async function* chunks(message, request) {
    try {
        for await (const chunk of message)
            yield chunk;
    }
    catch (error) {
        throw serviceError(request, asFailure(error), 1);
    }
}
function lengthOf(request) {
    const { body } = request;
    if (body === undefined)
        return request.method === 'GET' || request.method === 'HEAD' ? {} : { 'content-length': '0' };
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    return { 'content-length': String(length) };
}
function lowerCase(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function asFailure(error) {
    if (error instanceof Failure)
        return error;
    // Happy eyeballs: one error per address tried; the first one says enough.
    const first = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
    const { code, message } = first;
    const text = code === 'ECONNRESET' && message === 'aborted' ? 'the connection broke in the middle of the answer' : message;
    return new Failure(text, code, first);
}
const tlsErrors = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|EPROTO)/;
function serviceError(request, failure, attempts) {
    const url = displayUrl(request.url);
    if (failure.errorCode === 'CANCELLED')
        return new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `${request.method} ${url} was cancelled`);
    const tries = attempts === 1 ? '' : ` (${attempts} attempts)`;
    const code = failure.errorCode === 'TIMEOUT'
        ? codes/* codes */.F.SERVICE_TIMEOUT
        : tlsErrors.test(failure.errorCode ?? '')
            ? codes/* codes */.F.SERVICE_TLS
            : codes/* codes */.F.SERVICE_UNREACHABLE;
    return new errors/* ServiceError */._7(code, `${request.method} ${url}: ${failure.message}${tries}`, {
        method: request.method,
        url,
        cause: failure.cause,
    });
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./packages/shared/src/base/bytes.ts
var bytes = __nccwpck_require__(5270);
// EXTERNAL MODULE: ./packages/shared/src/base/safe-path.ts
var safe_path = __nccwpck_require__(8994);
// EXTERNAL MODULE: ./packages/shared/src/base/suggest.ts
var suggest = __nccwpck_require__(3119);
// EXTERNAL MODULE: ./packages/shared/src/formats/yaml.ts + 1 modules
var yaml = __nccwpck_require__(1865);
;// CONCATENATED MODULE: ./packages/shared/src/run/inputs.ts










/** Thrown inside a reader: becomes one Problem that names the input. */
class Unfit extends Error {
}
const booleans = {
    true: true,
    True: true,
    TRUE: true,
    false: false,
    False: false,
    FALSE: false,
};
const examples = {
    text: 'some text',
    choice: '',
    boolean: 'true',
    integer: '3',
    duration: '90s',
    bytes: '64Mi',
    path: 'path/in/the/repository',
    lines: 'one value a line',
    pairs: 'key=value',
    document: 'config/environments.yaml',
    secret: '${{ secrets.NAME }}',
};
/**
 * Reads and checks the inputs of an action from the runner's INPUT_* variables.
 * @param variables the environment of the step
 * @param workspace the checked-out repository, absolute
 * @throws InputError INPUT_INVALID with every problem found
 */
function readInputs(declaration, variables, workspace) {
    const problems = [...unknownInputs(declaration, variables)];
    const parsed = {};
    for (const [name, input] of Object.entries(declaration.inputs)) {
        const given = variables[variableOf(name)] ?? '';
        const value = given.trim() === '' ? standingDefault(input) : given;
        try {
            if (input.required && value.trim() === '')
                throw new Unfit('is required and empty');
            parsed[(0,run_declaration/* camel */.nJ)(name)] = read(input, value, workspace);
        }
        catch (error) {
            if (!(error instanceof Unfit))
                throw error;
            problems.push({ subject: name, problem: error.message, example: exampleOf(input) });
        }
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(codes/* codes */.F.INPUT_INVALID, problems);
    return parsed;
}
/** The default, unless it is an expression: the runner fills that in, and without one there is no value. */
function standingDefault(input) {
    return input.default?.includes('${{') === true ? '' : (input.default ?? '');
}
/** The values of the declared secrets, before anything is checked: to be masked first of all. */
function secretValues(declaration, variables) {
    return Object.entries(declaration.inputs)
        .filter(([, input]) => input.kind === 'secret')
        .map(([name]) => variables[variableOf(name)] ?? '')
        .filter((value) => value.trim() !== '');
}
/** A value the user can copy. */
function exampleOf(input) {
    return input.example ?? input.choices?.join(' | ') ?? input.default ?? examples[input.kind];
}
function variableOf(name) {
    return `INPUT_${name.toUpperCase()}`;
}
function* unknownInputs(declaration, variables) {
    const known = new Set(Object.keys(declaration.inputs).map(variableOf));
    for (const [variable, value] of Object.entries(variables)) {
        if (!variable.startsWith('INPUT_') || known.has(variable) || value === undefined)
            continue;
        const name = variable.slice('INPUT_'.length).toLowerCase();
        yield {
            subject: name,
            problem: `is not an input of ${declaration.name}.${(0,suggest/* didYouMean */.au)(name, Object.keys(declaration.inputs))}`,
        };
    }
}
function read(input, raw, workspace) {
    const value = raw.trim();
    if (input.kind === 'lines')
        return readLines(raw);
    if (input.kind === 'pairs')
        return readLines(raw).map(readPair);
    if (value === '')
        return undefined;
    switch (input.kind) {
        case 'text':
            if (value.includes('\n'))
                throw new Unfit('must be a single line');
            return value;
        case 'choice': {
            const choices = input.choices ?? [];
            if (!choices.includes(value)) {
                throw new Unfit(`'${value}' is none of ${choices.join(', ')}.${(0,suggest/* didYouMean */.au)(value, choices)}`);
            }
            return value;
        }
        case 'boolean': {
            const parsed = booleans[value];
            if (parsed === undefined)
                throw new Unfit(`'${value}' is neither true nor false`);
            return parsed;
        }
        case 'integer':
            return readInteger(input, value);
        case 'duration': {
            const ms = (0,duration/* parseDuration */.E)(value);
            if (ms === undefined)
                throw new Unfit(`'${value}' is not a duration (a number with ms, s, m or h)`);
            return ms;
        }
        case 'bytes': {
            const size = (0,bytes/* parseBytes */.C)(value);
            if (size === undefined)
                throw new Unfit(`'${value}' is not a size (a number with k, M, G, Ki, Mi or Gi)`);
            return size;
        }
        case 'path':
            return readPath(input, value, workspace);
        case 'document':
            return readDocument(raw, workspace);
        case 'secret':
            return raw.replace(/\r?\n$/, '');
    }
}
function readLines(raw) {
    return raw
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
}
function readPair(line) {
    const at = line.indexOf('=');
    if (at < 1)
        throw new Unfit(`'${line}' is not of the form key=value`);
    return { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
}
function readInteger(input, value) {
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = input;
    const number = Number(value);
    if (!/^[+-]?\d+$/.test(value) || !Number.isSafeInteger(number))
        throw new Unfit(`'${value}' is not a whole number`);
    if (number < min)
        throw new Unfit(`${number} is less than ${min}`);
    if (number > max)
        throw new Unfit(`${number} is more than ${max}`);
    return number;
}
function readPath(input, value, workspace) {
    if (value.includes('\0'))
        throw new Unfit('holds a NUL character');
    const path = resolveLinks((0,external_node_path_.isAbsolute)(value) ? value : (0,external_node_path_.resolve)(workspace, value));
    if (!(0,safe_path/* isInside */.F)(resolveLinks(workspace), path))
        throw new Unfit(`'${value}' lies outside the workspace`);
    if (input.exists !== undefined) {
        if (!(0,external_node_fs_.existsSync)(path))
            throw new Unfit(`'${value}' does not exist in the workspace`);
        const isFolder = (0,external_node_fs_.statSync)(path).isDirectory();
        if (input.exists === 'file' && isFolder)
            throw new Unfit(`'${value}' is a folder, a file is needed`);
        if (input.exists === 'folder' && !isFolder)
            throw new Unfit(`'${value}' is a file, a folder is needed`);
    }
    return path;
}
/** realpath of the part that exists, so that a link cannot lead out of the workspace. */
function resolveLinks(path) {
    if ((0,external_node_fs_.existsSync)(path))
        return (0,external_node_fs_.realpathSync)(path);
    const parent = (0,external_node_path_.dirname)(path);
    return parent === path ? path : (0,external_node_path_.join)(resolveLinks(parent), (0,external_node_path_.relative)(parent, path));
}
const documentLimit = 4 * 1024 * 1024;
function readDocument(raw, workspace) {
    const value = raw.trim();
    const inline = value.includes('\n') || value.startsWith('{') || value.startsWith('[');
    if (!inline) {
        const file = resolveLinks((0,external_node_path_.resolve)(workspace, value));
        if (!(0,safe_path/* isInside */.F)(resolveLinks(workspace), file))
            throw new Unfit(`'${value}' lies outside the workspace`);
        if (!(0,external_node_fs_.existsSync)(file) || !(0,external_node_fs_.statSync)(file).isFile()) {
            throw new Unfit(`'${value}' is neither a file in the workspace nor a document of more than one line`);
        }
        if ((0,external_node_fs_.statSync)(file).size > documentLimit)
            throw new Unfit(`'${value}' is larger than 4 MiB`);
        const text = (0,external_node_fs_.readFileSync)(file, 'utf8');
        return { value: parseDocument(text, value), text, file };
    }
    return { value: parseDocument(raw, 'the document'), text: raw, file: undefined };
}
function parseDocument(text, name) {
    try {
        return (0,yaml/* parseYaml */.hN)(text);
    }
    catch (error) {
        throw new Unfit(`${name} is not valid YAML: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/run/job.ts
/** The facts about the job that GitHub gives in the environment of a step. */
function readJob(variables) {
    const variable = (name) => {
        const value = variables[name];
        return value === undefined || value === '' ? undefined : value;
    };
    return {
        repository: variable('GITHUB_REPOSITORY'),
        sha: variable('GITHUB_SHA'),
        ref: variable('GITHUB_REF'),
        runId: variable('GITHUB_RUN_ID'),
        serverUrl: variable('GITHUB_SERVER_URL') ?? 'https://github.com',
        platform: process.platform,
        arch: process.arch,
        variable,
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/log.ts

/** GitHub keeps 10 annotations of a level a step; the rest would push the log away without ever being seen. */
const annotationLimit = 10;
/** The log port on the runner's console. */
function createLog(runner, secrets) {
    const shown = { notice: 0, warning: 0, error: 0 };
    const clean = (text) => secrets.redact((0,base_text/* neutralise */.$0)(text));
    const log = {
        info: (text) => runner.info(clean(text)),
        debug: (text) => runner.command('debug', {}, clean(text)),
        warning: (text) => log.annotate({ level: 'warning', message: text }),
        annotate: (annotation) => {
            const { level, message, file, line, column, title } = annotation;
            if (shown[level]++ >= annotationLimit) {
                runner.info(clean(`${level}: ${place(annotation)}${message}`));
                return;
            }
            const heading = title === undefined ? undefined : clean(title);
            runner.command(level, { title: heading, file, line, col: column }, clean(message));
        },
        group: async (title, body) => {
            runner.command('group', {}, clean(title));
            try {
                return await body();
            }
            finally {
                runner.command('endgroup', {}, '');
            }
        },
    };
    return log;
}
function place({ file, line, column }) {
    if (file === undefined)
        return '';
    return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./packages/shared/src/run/private-folders.ts




/** What the names of all private folders begin with. */
const private_folders_privateFolderPrefix = 'wso2-delivery-';
/**
 * The files port: private folders under `temp`, and one way to remove them all.
 * @param temp the runner's temporary folder (RUNNER_TEMP), outside the workspace
 * @param remember told of all folders before anything is written into the newest: the post step removes what is left
 */
function createFiles(workspace, temp, remember = () => undefined) {
    const folders = new Set();
    return {
        workspace,
        async privateFolder(name) {
            const folder = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)(temp, `${private_folders_privateFolderPrefix}${name}-`));
            folders.add(folder);
            await (0,external_node_fs_promises_.chmod)(folder, 0o700);
            remember([...folders]);
            return folder;
        },
        display: (path) => ((0,safe_path/* isInside */.F)(workspace, path) ? (0,external_node_path_.relative)(workspace, path).replaceAll('\\', '/') || '.' : path),
        removeAll() {
            // Synchronous: also called while the process is going down.
            for (const folder of folders)
                (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
            folders.clear();
        },
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/post.ts
/**
 * The post step of every action: removes the private folders (kubeconfig, logins) that a main step has left, which it only
 * does when it was killed. The runner runs it at the end of the job, whatever came of the steps.
 */




/** The name under which a main step keeps its folders, as a JSON list of paths. */
const privateFoldersState = 'private-folders';
/**
 * Removes what is left. Only folders of ours directly below the runner's temporary folder are touched, whatever the state
 * says. Never fails: the job has its result.
 * @param variables the environment of the step
 */
function removeLeftovers(variables, say) {
    const temp = variables.RUNNER_TEMP ?? tmpdir();
    for (const folder of foldersIn(variables[`STATE_${privateFoldersState}`])) {
        try {
            if (!isOurs(folder, temp))
                continue;
            rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
            say(`Removed ${basename(folder)}, which a step that was killed had left.`);
        }
        catch (error) {
            say(`${basename(folder)} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
}
function foldersIn(state) {
    try {
        const folders = JSON.parse(state ?? '[]');
        return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [];
    }
    catch {
        return [];
    }
}
function isOurs(folder, temp) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    return (found?.isDirectory() === true &&
        basename(folder).startsWith(privateFolderPrefix) &&
        realpathSync(dirname(folder)) === realpathSync(temp));
}
/** The post step in this process. */
function runPost() {
    removeLeftovers(process.env, (line) => process.stdout.write(`${line}\n`));
}

;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
;// CONCATENATED MODULE: ./packages/shared/src/run/output-keeper.ts

/** What is kept of a stream unless told otherwise. */
const defaultKeepBytes = 16 * 1024 * 1024;
/** A line longer than this is passed on in pieces, so that a stream without newlines cannot fill the memory. */
const longestLine = 64 * 1024;
/** Collects a stream of bytes: complete lines as they come, and head and tail of the whole within a bound. */
class OutputKeeper {
    truncated = false;
    #half;
    #decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
    #head = '';
    #tail = '';
    #partial = '';
    constructor(keepBytes = defaultKeepBytes) {
        this.#half = Math.floor(keepBytes / 2);
    }
    /** Takes a chunk and gives the lines that it completed. */
    add(chunk) {
        return this.#take(this.#decoder.write(chunk));
    }
    /** The stream has ended: gives the last line if it had no newline. */
    end() {
        const lines = this.#take(this.#decoder.end());
        const last = this.#partial;
        this.#partial = '';
        return last === '' ? lines : [...lines, last];
    }
    /** The whole stream, or its head and tail with a note between them. */
    text() {
        return this.truncated ? `${this.#head}\n… output left out …\n${this.#tail}` : this.#head + this.#tail;
    }
    #take(text) {
        this.#keep(text);
        const lines = (this.#partial + text).split(/\r?\n/);
        this.#partial = lines.pop() ?? '';
        while (this.#partial.length > longestLine) {
            lines.push(this.#partial.slice(0, longestLine));
            this.#partial = this.#partial.slice(longestLine);
        }
        return lines;
    }
    #keep(text) {
        const room = Math.max(0, this.#half - this.#head.length);
        this.#head += text.slice(0, room);
        this.#tail += text.slice(room);
        if (this.#tail.length > 2 * this.#half) {
            this.#tail = this.#tail.slice(-this.#half);
            this.truncated = true;
        }
    }
}

;// CONCATENATED MODULE: ./packages/shared/src/run/process.ts





/** After SIGTERM a child has this long to end by itself. */
const graceMs = 5000;
const privateVariables = /^(PATH|HOME|USER|LANG|LC_.*|TZ|SYSTEMROOT|WINDIR|PATHEXT|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS)$/i;
const runnerVariables = /^(INPUT_|ACTIONS_|STATE_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;
/** The one place where child processes are started. */
function createExec({ secrets, variables, cancelled }) {
    const redactedCommand = (request) => [request.command, ...request.args].map((part) => secrets.redact(part));
    const launch = async (request) => {
        if (cancelled.aborted)
            throw new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `Cancelled before ${request.command} was started`);
        const started = Date.now();
        const withMask = request.umask !== undefined && process.platform !== 'win32';
        // The mask of this process is shared by all its threads and by concurrent file writes: set it in the child's shell.
        const [command, args] = withMask
            ? [
                '/bin/sh',
                [
                    '-c',
                    'umask "$1"; shift; exec "$@"',
                    'sh',
                    `0${(request.umask ?? 0).toString(8)}`,
                    request.command,
                    ...request.args,
                ],
            ]
            : [request.command, [...request.args]];
        // Loaded with the first process: not every run starts one.
        const child = process.getBuiltinModule('node:child_process').spawn(command, args, {
            cwd: request.cwd,
            env: { ...inherited(variables, request.inherit ?? 'job'), ...request.env },
            stdio: [request.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
            // A group of its own, so that the deadline reaches grandchildren too.
            detached: process.platform !== 'win32',
            windowsHide: true,
        });
        const keepers = { stdout: new OutputKeeper(request.keepBytes), stderr: new OutputKeeper(request.keepBytes) };
        for (const stream of ['stdout', 'stderr']) {
            child[stream]?.on('data', (chunk) => {
                for (const line of keepers[stream].add(chunk))
                    request.onLine?.(secrets.redact(line), stream);
            });
        }
        // A child that ends without reading its input makes this pipe fail; its exit code tells the story.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(request.stdin);
        const exited = new Promise((resolve) => {
            child.once('close', (exitCode, signal) => {
                for (const stream of ['stdout', 'stderr']) {
                    for (const line of keepers[stream].end())
                        request.onLine?.(secrets.redact(line), stream);
                }
                const shown = (text) => (request.unmasked === true ? text : secrets.redact(text));
                resolve({
                    exitCode,
                    signal,
                    stdout: shown(keepers.stdout.text()),
                    stderr: shown(keepers.stderr.text()),
                    truncated: keepers.stdout.truncated || keepers.stderr.truncated,
                    durationMs: Date.now() - started,
                });
            });
        });
        await new Promise((resolve, reject) => {
            child.once('spawn', resolve);
            child.once('error', (error) => reject(missing(request.command, redactedCommand(request), error)));
        });
        const launched = { child, exited, stop: () => stop(child, exited) };
        const onCancel = () => void launched.stop();
        cancelled.addEventListener('abort', onCancel, { once: true });
        void exited.then(() => cancelled.removeEventListener('abort', onCancel));
        return launched;
    };
    return {
        async run(request) {
            const { exited, stop: end } = await launch(request);
            const deadlinePassed = new AbortController();
            const deadline = setTimeout(() => {
                deadlinePassed.abort();
                void end();
            }, request.timeoutMs);
            const result = await exited;
            clearTimeout(deadline);
            if (cancelled.aborted)
                throw new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `${request.command} was ended: the run was cancelled`);
            if (deadlinePassed.signal.aborted) {
                throw new errors/* ToolError */.v4(codes/* codes */.F.TOOL_TIMEOUT, `${request.command} did not end within ${(0,duration/* formatDuration */.a)(request.timeoutMs)} and was ended`, { command: redactedCommand(request), exitCode: null, evidence: lastWords(result) });
            }
            // /bin/sh stands in front of the program where a mask is set: its 127 is our "not found".
            if (request.umask !== undefined && result.exitCode === 127 && result.stderr.includes('not found')) {
                throw missing(request.command, redactedCommand(request), new Error(result.stderr.trim()));
            }
            return result;
        },
        async start(request) {
            const { child, exited, stop: end } = await launch(request);
            return { pid: child.pid ?? 0, exited, stop: end };
        },
    };
}
function inherited(variables, inherit) {
    const keep = inherit === 'private' ? (n) => privateVariables.test(n) : (n) => !runnerVariables.test(n);
    return Object.fromEntries(Object.entries(variables).filter((pair) => pair[1] !== undefined && keep(pair[0])));
}
async function stop(child, exited) {
    signalGroup(child, 'SIGTERM');
    const hardEnd = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    await exited;
    clearTimeout(hardEnd);
    // Grandchildren that outlived their parent.
    signalGroup(child, 'SIGKILL');
}
function signalGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        if (process.platform === 'win32')
            child.kill(signal);
        else
            process.kill(-child.pid, signal);
    }
    catch (error) {
        if (error.code !== 'ESRCH')
            throw error;
    }
}
function missing(name, command, error) {
    const { code } = error;
    const reason = code === 'EACCES' ? 'is not executable' : 'was not found on the PATH';
    return new errors/* ToolError */.v4(codes/* codes */.F.TOOL_MISSING, `${name} ${reason}`, { command, exitCode: null, cause: error });
}
function lastWords(result) {
    return (0,base_text/* tail */.RT)((0,base_text/* neutralise */.$0)([result.stdout, result.stderr].filter((text) => text !== '').join('\n')), 40);
}

;// CONCATENATED MODULE: ./packages/shared/src/run/report.ts



/** The report of a finished step. */
function makeReport({ action, startedAt, endedAt, outputs, facts, failure }) {
    const described = failure === undefined ? undefined : describeFailure(failure);
    return {
        schema: 'https://wso2-delivery.dev/report/v1',
        action,
        startedAt: new Date(startedAt).toISOString(),
        durationMs: endedAt - startedAt,
        result: described === undefined ? 'success' : described.kind === 'cancelled' ? 'cancelled' : 'failure',
        outputs,
        facts,
        ...(described === undefined ? {} : { failure: described }),
    };
}
/**
 * Writes the report where later steps of the job can read it, secrets masked.
 * @returns the path of the file
 */
function writeReport(report, temp, secrets) {
    const folder = (0,external_node_path_.join)(temp, 'wso2-delivery-reports');
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    const path = (0,external_node_path_.join)(folder, `${report.action}-${Date.parse(report.startedAt)}-${process.pid}.json`);
    // Masked value by value: a mask over the finished JSON could cut through an escape sequence.
    const masked = JSON.stringify(report, (_, value) => (typeof value === 'string' ? secrets.redact(value) : value), 2);
    (0,external_node_fs_.writeFileSync)(path, `${masked}\n`, { mode: 0o600 });
    return path;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./packages/shared/src/run/runner-commands.ts
/**
 * What a step says to the runner: workflow commands on standard output and lines in the runner's files
 * (docs.github.com, "Workflow commands for GitHub Actions"). Written out here because @actions/core brings an HTTP
 * client that makes each bundle a megabyte larger and its start a third slower, and nothing here uses it.
 */



/**
 * @param variables the environment of the step
 * @param write standard output
 */
function createRunnerCommands(variables, write) {
    const command = (name, properties, message) => {
        const given = Object.entries(properties).filter(([, value]) => value !== undefined);
        const list = given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
        write(`::${name}${list === '' ? '' : ` ${list}`}::${escapeMessage(message)}${external_node_os_.EOL}`);
    };
    const file = (name) => (variables[name] === '' ? undefined : variables[name]);
    return {
        command,
        mask: (value) => command('add-mask', {}, value),
        info: (text) => write(`${text}${external_node_os_.EOL}`),
        setOutput(name, value) {
            const path = file('GITHUB_OUTPUT');
            // Without the file (an old runner, or by hand) the value is shown: nobody else would take it.
            if (path === undefined)
                write(`output ${name}=${value}${external_node_os_.EOL}`);
            else
                (0,external_node_fs_.appendFileSync)(path, namedValue(name, value));
        },
        saveState(name, value) {
            const path = file('GITHUB_STATE');
            if (path !== undefined)
                (0,external_node_fs_.appendFileSync)(path, namedValue(name, value));
        },
        addSummary(markdown) {
            const path = file('GITHUB_STEP_SUMMARY');
            if (path === undefined)
                return false;
            (0,external_node_fs_.appendFileSync)(path, markdown);
            return true;
        },
    };
}
/** A value with line breaks in the form of the runner's files; the delimiter is one that nobody can foresee. */
function namedValue(name, value) {
    const delimiter = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
    return `${name}<<${delimiter}${external_node_os_.EOL}${value}${external_node_os_.EOL}${delimiter}${external_node_os_.EOL}`;
}
function escapeMessage(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

;// CONCATENATED MODULE: ./packages/shared/src/base/redaction.ts
const mask = '***';
/** A line of a longer secret that is worth masking by itself: a key or a token, not a word of YAML or JSON around it. */
const tellingLine = /^\S{12,}(?<!:)$/;
/**
 * The forms in which a secret can turn up in a log: as it is, its telling lines, JSON-escaped, URL-encoded (both ways
 * of writing a space), and base64 at each of the three alignments it has inside a longer encoded text (a Basic
 * Authorization header holds "user:password").
 */
function derivedForms(secret) {
    const forms = new Set();
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    for (const value of [
        secret,
        secret.trim(),
        ...(lines.length > 1 ? lines.filter((line) => tellingLine.test(line)) : []),
    ]) {
        if (value === '')
            continue;
        forms.add(value);
        forms.add(JSON.stringify(value).slice(1, -1));
        const encoded = encodeURIComponent(value);
        forms.add(encoded);
        forms.add(encoded.replaceAll('%20', '+'));
        for (const form of base64Forms(value))
            forms.add(form);
    }
    return [...forms].sort((a, b) => b.length - a.length);
}
function base64Forms(value) {
    const bytes = Buffer.from(value, 'utf8');
    if (bytes.length < 4)
        return [Buffer.from(bytes).toString('base64')];
    const forms = [bytes.toString('base64'), bytes.toString('base64url')];
    for (const shift of [0, 1, 2]) {
        const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
            .toString('base64')
            .replace(/=+$/, '');
        // The characters at both ends also carry bits of the neighbours: leave them out.
        const start = Math.ceil((shift * 8) / 6);
        const end = Math.floor(((shift + bytes.length) * 8) / 6);
        const core = encoded.slice(start, end);
        if (core.length >= 6)
            forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
    }
    return forms;
}
/** Replaces every given form by `***`. Forms must be sorted longest first, as derivedForms gives them. */
function redact(text, forms) {
    let clean = text;
    for (const form of forms)
        clean = clean.replaceAll(form, mask);
    return clean;
}

;// CONCATENATED MODULE: ./packages/shared/src/run/secrets.ts

/** Shorter values would turn half of a log into asterisks; they are refused as secrets by what reads them. */
const shortest = 3;
/**
 * The register of what must never be shown.
 * @param announce told once of each form, so that the runner masks it as well
 */
function createSecrets(announce) {
    let forms = [];
    const known = new Set();
    return {
        register(value) {
            if (value.trim().length < shortest)
                return;
            const fresh = derivedForms(value).filter((form) => form.length >= shortest && !known.has(form));
            for (const form of fresh) {
                known.add(form);
                announce(form);
            }
            if (fresh.length > 0)
                forms = [...known].sort((a, b) => b.length - a.length);
        },
        redact: (text) => redact(text, forms),
        holds: (text) => forms.some((form) => text.includes(form)),
    };
}

;// CONCATENATED MODULE: ./packages/shared/src/run/summary.ts
/** GitHub drops a step summary above 1 MiB whole; a margin is kept for what the runner adds when it masks. */
const summaryLimitBytes = 1024 * 1024 - 16 * 1024;
/** Collects the blocks of the job summary. */
function createSummary(secrets) {
    const blocks = [];
    return {
        add: (markdown) => blocks.push(markdown.trimEnd()),
        markdown: () => bounded(blocks.map((block) => secrets.redact(block))),
    };
}
/** All blocks that fit, first ones first; says what is missing and where to find it. */
function bounded(blocks) {
    let text = '';
    for (const [index, block] of blocks.entries()) {
        const next = `${text}${text === '' ? '' : '\n\n'}${block}`;
        if (Buffer.byteLength(next) > summaryLimitBytes) {
            return `${text}\n\n> ${blocks.length - index} more parts do not fit into a job summary. The report file has them all.\n`;
        }
        text = next;
    }
    return text === '' ? '' : `${text}\n`;
}

;// CONCATENATED MODULE: ./packages/shared/src/run/run.ts


















/** The runner sends SIGINT, then SIGTERM after 7.5 s, then kills after 2.5 s more: leave before that. */
const leaveAfterMs = 7000;
/**
 * Runs an action in this process: masks, reads the inputs, calls main, writes outputs, summary, report and
 * annotations, removes the private folders, and ends the process with exit code 0 or 1.
 */
async function runAction(declaration, main) {
    const variables = { ...process.env };
    const startedAt = systemClock.now();
    const workspace = (0,external_node_fs_.realpathSync)(variables.GITHUB_WORKSPACE ?? process.cwd());
    const temp = variables.RUNNER_TEMP ?? (0,external_node_os_.tmpdir)();
    const runner = createRunnerCommands(variables, (text) => process.stdout.write(text));
    const secrets = createSecrets((form) => runner.mask(form));
    const log = createLog(runner, secrets);
    const files = createFiles(workspace, temp, (folders) => runner.saveState(privateFoldersState, JSON.stringify(folders)));
    const summary = createSummary(secrets);
    const cancel = new AbortController();
    const http = createHttp({
        variables,
        clock: systemClock,
        random: Math.random,
        cancelled: cancel.signal,
        onRetry: (message) => log.info(message),
    });
    const leave = (exitCode) => {
        files.removeAll();
        process.exit(exitCode);
    };
    const onSignal = (signal) => {
        if (cancel.signal.aborted)
            return;
        log.info(`${signal} received: ending child processes and cleaning up`);
        cancel.abort(new errors/* CancelledError */.cc(codes/* codes */.F.CANCELLED, `The run was cancelled (${signal})`));
        setTimeout(() => leave(1), leaveAfterMs).unref();
    };
    // First of all: a signal that comes before its handler ends the process without a word.
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    for (const value of secretValues(declaration, variables))
        secrets.register(value);
    // Whatever slips past main is a failure with a report, never a silent end.
    const escaped = new Promise((_, reject) => {
        process.once('uncaughtException', reject);
        process.once('unhandledRejection', reject);
    });
    let outcome;
    try {
        const inputs = readInputs(declaration, variables, workspace);
        const ports = {
            exec: createExec({ secrets, variables, cancelled: cancel.signal }),
            http,
            files,
            clock: systemClock,
            log,
            secrets,
            summary,
            job: readJob(variables),
            cancelled: cancel.signal,
        };
        outcome = await Promise.race([main(inputs, ports), escaped]);
    }
    catch (thrown) {
        outcome = { outputs: {}, facts: {}, failure: cancel.signal.aborted ? cancel.signal.reason : thrown };
    }
    finish(outcome);
    http.close();
    // Standard output may be a pipe that is written to asynchronously: let it drain before the process ends.
    await new Promise((resolve) => process.stdout.write('', () => resolve()));
    return leave(outcome.failure === undefined ? 0 : 1);
    function finish({ outputs, facts, failure, told = false }) {
        const given = Object.fromEntries(Object.keys(declaration.outputs).map((name) => [name, outputs[camelKey(name)]]));
        const finished = { action: declaration.name, startedAt, endedAt: systemClock.now(), facts, failure };
        if ('report' in declaration.outputs) {
            given.report = writeReport(makeReport({ ...finished, outputs: given }), temp, secrets);
        }
        for (const [name, value] of Object.entries(given)) {
            if (value === undefined)
                continue;
            if (secrets.holds(value)) {
                log.warning(`Output '${name}' was not set: it holds a secret. Outputs are stored and shown unmasked.`);
            }
            else
                runner.setOutput(name, value);
        }
        if (failure !== undefined)
            summary.add(told ? failureReference(failure) : failureSummary(declaration.name, failure));
        writeSummary();
        if (failure !== undefined) {
            if (failure instanceof Error && failure.stack !== undefined)
                log.debug(failure.stack);
            for (const annotation of failureAnnotations(failure))
                log.annotate(annotation);
        }
    }
    function writeSummary() {
        const markdown = summary.markdown();
        if (markdown === '')
            return;
        try {
            runner.addSummary(markdown);
        }
        catch (error) {
            log.info(`The job summary could not be written: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    }
}
function camelKey(name) {
    return (0,run_declaration/* camel */.nJ)(name);
}


/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/
/************************************************************************/
/******/
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(7551);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/
