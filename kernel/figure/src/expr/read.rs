//! Text → tree, by way of `sqlparser`. What the language does not have is refused here, with the reason.

use sqlparser::ast::{
    BinaryOperator, CaseWhen, DataType, Expr as Sql, Function, FunctionArg, FunctionArgExpr,
    FunctionArguments, UnaryOperator, Value as SqlValue,
};
use sqlparser::dialect::Dialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::error::ExprError;
use super::tree::{Operator, Tree};
use super::{DEPTH_MAX, NODES_MAX, TEXT_MAX};

/// Words and marks of one expression. Bounds the left-deep chains that the parser builds without recursion.
const TOKENS_MAX: usize = 4 * NODES_MAX;

/// Brackets inside brackets that the parser follows.
const BRACKETS_MAX: usize = 40;

/// Characters quoted at a syntax error.
const NEAR_MAX: usize = 20;

/// Plain SQL with ASCII names; extensions of single databases stay off.
#[derive(Debug)]
struct Language;

impl Dialect for Language {
    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_ascii_alphabetic() || ch == '_'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_ascii_alphanumeric() || ch == '_'
    }

    // On, so that the whole of an aggregate is read and refused by name.
    fn supports_filter_during_aggregation(&self) -> bool {
        true
    }
}

pub(super) fn read(text: &str) -> Result<Tree, ExprError> {
    let found = text.chars().count();
    if found > TEXT_MAX {
        return Err(ExprError::TooLong { found });
    }
    let tokens = Tokenizer::new(&Language, text)
        .tokenize_with_location()
        .map_err(|error| syntax(text, error.location))?;
    if tokens.iter().filter(|token| !matches!(token.token, Token::Whitespace(_))).count() > TOKENS_MAX {
        return Err(ExprError::TooManyNodes);
    }
    let mut parser =
        Parser::new(&Language).with_recursion_limit(BRACKETS_MAX).with_tokens_with_locations(tokens);
    let parsed = parser.parse_expr();
    let next = parser.peek_token();
    match parsed {
        Ok(parsed) => {
            after(&next, text)?;
            Reader { nodes: 0 }.tree(&parsed, 1)
        }
        Err(ParserError::RecursionLimitExceeded) => Err(ExprError::TooDeep),
        Err(_) => Err(syntax(text, next.span.start)),
    }
}

/// Refuses what follows a whole expression.
fn after(next: &TokenWithSpan, text: &str) -> Result<(), ExprError> {
    match &next.token {
        Token::EOF => Ok(()),
        Token::Word(word) if word.keyword == Keyword::FROM => Err(ExprError::NotInLanguage {
            construct: "truy vấn con hay FROM",
            reason: "biểu thức chỉ đọc các trường của một bản ghi",
        }),
        _ => Err(syntax(text, next.span.start)),
    }
}

fn syntax(text: &str, at: Location) -> ExprError {
    // The end of the text has no location of its own.
    let (Some(line), Some(column)) = (at.line.checked_sub(1), at.column.checked_sub(1)) else {
        return ExprError::Unfinished;
    };
    let whole = usize::try_from(line).ok().and_then(|line| text.lines().nth(line)).unwrap_or_default();
    let rest = whole.chars().skip(usize::try_from(column).unwrap_or(usize::MAX));
    let near: String = rest.take(NEAR_MAX).collect();
    if near.is_empty() {
        return ExprError::Unfinished;
    }
    ExprError::Syntax { line: at.line, column: at.column, near }
}

struct Reader {
    nodes: usize,
}

impl Reader {
    fn tree(&mut self, sql: &Sql, depth: usize) -> Result<Tree, ExprError> {
        if let Sql::Nested(inner) = sql {
            return self.tree(inner, depth);
        }
        if depth > DEPTH_MAX {
            return Err(ExprError::TooDeep);
        }
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            return Err(ExprError::TooManyNodes);
        }
        match sql {
            Sql::Identifier(name) if name.quote_style.is_none() => Ok(Tree::Name(name.value.clone())),
            Sql::Value(value) => literal(&value.value),
            Sql::TypedString(typed) => match (&typed.data_type, &typed.value.value) {
                (DataType::Date, SqlValue::SingleQuotedString(text)) if !typed.uses_odbc_syntax => {
                    Ok(Tree::Date(text.clone()))
                }
                _ => Err(refused("hằng kiểu này", "chỉ có DATE 'yyyy-mm-dd'")),
            },
            Sql::UnaryOp { op, expr } => self.unary(*op, expr, depth),
            Sql::BinaryOp { left, op, right } => {
                let operator = operator(op)?;
                Ok(Tree::Binary(operator, self.boxed(left, depth)?, self.boxed(right, depth)?))
            }
            Sql::IsNull(of) => Ok(Tree::IsNull { of: self.boxed(of, depth)?, negated: false }),
            Sql::IsNotNull(of) => Ok(Tree::IsNull { of: self.boxed(of, depth)?, negated: true }),
            Sql::InList { expr, list, negated } => {
                Ok(Tree::In { of: self.boxed(expr, depth)?, list: self.all(list, depth)?, negated: *negated })
            }
            Sql::Between { expr, negated, low, high } => Ok(Tree::Between {
                of: self.boxed(expr, depth)?,
                low: self.boxed(low, depth)?,
                high: self.boxed(high, depth)?,
                negated: *negated,
            }),
            Sql::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref(), depth)
            }
            Sql::Function(function) => self.call(function, depth),
            other => Err(not_in_language(other)),
        }
    }

    fn boxed(&mut self, sql: &Sql, depth: usize) -> Result<Box<Tree>, ExprError> {
        self.tree(sql, depth + 1).map(Box::new)
    }

    fn all(&mut self, list: &[Sql], depth: usize) -> Result<Vec<Tree>, ExprError> {
        list.iter().map(|item| self.tree(item, depth + 1)).collect()
    }

    fn unary(&mut self, op: UnaryOperator, of: &Sql, depth: usize) -> Result<Tree, ExprError> {
        match op {
            UnaryOperator::Minus => Ok(Tree::Negate(self.boxed(of, depth)?)),
            UnaryOperator::Not => Ok(Tree::Not(self.boxed(of, depth)?)),
            _ => Err(refused("toán tử một ngôi này", "chỉ có dấu trừ và NOT")),
        }
    }

    fn case(
        &mut self,
        operand: Option<&Sql>,
        arms: &[CaseWhen],
        otherwise: Option<&Sql>,
        depth: usize,
    ) -> Result<Tree, ExprError> {
        let Some(otherwise) = otherwise else {
            return Err(refused("CASE thiếu ELSE", "mọi trường hợp phải có kết quả; viết thêm ELSE …"));
        };
        let operand = operand.map(|operand| self.boxed(operand, depth)).transpose()?;
        let arms = arms
            .iter()
            .map(|arm| Ok((self.tree(&arm.condition, depth + 1)?, self.tree(&arm.result, depth + 1)?)))
            .collect::<Result<_, ExprError>>()?;
        Ok(Tree::Case { operand, arms, otherwise: self.boxed(otherwise, depth)? })
    }

    fn call(&mut self, function: &Function, depth: usize) -> Result<Tree, ExprError> {
        let name = function.name.to_string().to_ascii_lowercase();
        if let Some(reason) = known_elsewhere(&name) {
            return Err(ExprError::UnknownFunction { name, reason });
        }
        let extras = function.uses_odbc_syntax
            || function.filter.is_some()
            || function.over.is_some()
            || function.null_treatment.is_some()
            || !function.within_group.is_empty()
            || !matches!(function.parameters, FunctionArguments::None);
        let FunctionArguments::List(list) = &function.args else {
            return Err(refused("cách gọi hàm này", "viết tên hàm và các đối số trong ngoặc tròn"));
        };
        if extras || list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
            return Err(refused(
                "FILTER, OVER, DISTINCT trong lời gọi hàm",
                "biểu thức tính trên một bản ghi",
            ));
        }
        let arguments = list
            .args
            .iter()
            .map(|argument| match argument {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)) => self.tree(argument, depth + 1),
                _ => Err(refused("đối số có tên hoặc dấu *", "viết các đối số theo thứ tự")),
            })
            .collect::<Result<_, ExprError>>()?;
        Ok(Tree::Call { name, arguments })
    }
}

fn literal(value: &SqlValue) -> Result<Tree, ExprError> {
    match value {
        SqlValue::Null => Ok(Tree::Null),
        SqlValue::Boolean(value) => Ok(Tree::Bool(*value)),
        SqlValue::Number(digits, false) => Ok(Tree::Number(digits.clone())),
        SqlValue::SingleQuotedString(text) => Ok(Tree::Text(text.clone())),
        _ => Err(refused("hằng kiểu này", "chuỗi viết trong dấu nháy đơn, số viết bằng chữ số")),
    }
}

fn operator(op: &BinaryOperator) -> Result<Operator, ExprError> {
    Ok(match op {
        BinaryOperator::Plus => Operator::Add,
        BinaryOperator::Minus => Operator::Subtract,
        BinaryOperator::Multiply => Operator::Multiply,
        BinaryOperator::Eq => Operator::Equal,
        BinaryOperator::NotEq => Operator::NotEqual,
        BinaryOperator::Lt => Operator::Less,
        BinaryOperator::LtEq => Operator::LessOrEqual,
        BinaryOperator::Gt => Operator::Greater,
        BinaryOperator::GtEq => Operator::GreaterOrEqual,
        BinaryOperator::And => Operator::And,
        BinaryOperator::Or => Operator::Or,
        BinaryOperator::Divide => {
            return Err(refused(
                "phép chia",
                "mỗi hệ quản trị làm tròn một cách; tỷ lệ khai bằng chỉ tiêu có num và den",
            ));
        }
        BinaryOperator::Modulo => {
            return Err(refused("phép chia lấy dư", "mỗi hệ quản trị cho dấu khác nhau với số âm"));
        }
        BinaryOperator::StringConcat => {
            return Err(refused("phép ghép chuỗi ||", "biểu thức so sánh chuỗi chứ không tạo chuỗi"));
        }
        _ => return Err(refused("toán tử này", "chỉ có + - * = <> < <= > >= AND OR NOT")),
    })
}

/// Why a function that databases have is not one of ours.
fn known_elsewhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "sum" | "count" | "avg" | "min" | "max" | "total" | "median" | "group_concat" | "string_agg" => {
            "hàm tổng hợp khai ở độ đo (value = \"sum(…)\"), không nằm trong biểu thức; chọn giá trị lớn hay \
             bé hơn thì dùng CASE"
        }
        "greatest" | "least" => {
            "mỗi hệ quản trị xử lý NULL khác nhau; dùng CASE WHEN a > b THEN a ELSE b END"
        }
        "current_date" | "current_time" | "current_timestamp" | "now" | "localtime" | "localtimestamp"
        | "today" | "getdate" => "biểu thức không đọc đồng hồ; ngày phải nằm trong bản ghi",
        "date" | "to_date" => "ngày cố định viết DATE 'yyyy-mm-dd'",
        "strftime" | "date_part" | "to_char" | "datetime" => "lấy năm, tháng bằng year(…), month(…)",
        "lower" | "upper" => {
            "chữ hoa chữ thường tiếng Việt mỗi nơi một khác; so không dấu, không hoa bằng fold(…)"
        }
        "length" | "char_length" => "độ dài chuỗi lấy bằng len(…)",
        "round" | "abs" | "ceil" | "floor" | "power" | "sqrt" => {
            "số chỉ có + - * với số chữ số thập phân cố định; giá trị tuyệt đối viết bằng CASE"
        }
        "nullif" => "dùng CASE WHEN a = b THEN NULL ELSE a END",
        "substr" | "instr" | "replace" | "regexp_like" | "regexp_matches" | "concat" => {
            "biểu thức không cắt ghép chuỗi; dùng matches_code hoặc một trường riêng"
        }
        _ => return None,
    })
}

fn refused(construct: &'static str, reason: &'static str) -> ExprError {
    ExprError::NotInLanguage { construct, reason }
}

fn not_in_language(sql: &Sql) -> ExprError {
    match sql {
        Sql::Identifier(_) => refused("tên trong ngoặc kép", "chuỗi viết trong dấu nháy đơn '…'"),
        Sql::CompoundIdentifier(_) | Sql::CompoundFieldAccess { .. } => {
            refused("tên có dấu chấm", "biểu thức chỉ đọc các trường của chính sổ này")
        }
        Sql::Cast { .. } | Sql::Convert { .. } => {
            refused("CAST", "mỗi hệ quản trị đổi kiểu một cách; khai đúng kiểu ở trường")
        }
        Sql::Like { .. } | Sql::ILike { .. } | Sql::SimilarTo { .. } | Sql::RLike { .. } => refused(
            "LIKE",
            "mỗi hệ quản trị phân biệt hoa thường một cách; dùng = với fold(…) hoặc matches_code",
        ),
        Sql::Subquery(_) | Sql::Exists { .. } | Sql::InSubquery { .. } | Sql::InUnnest { .. } => {
            refused("truy vấn con hay FROM", "biểu thức chỉ đọc các trường của một bản ghi")
        }
        Sql::IsTrue(_) | Sql::IsNotTrue(_) | Sql::IsFalse(_) | Sql::IsNotFalse(_) => {
            refused("IS TRUE, IS FALSE", "viết thẳng điều kiện, hoặc COALESCE(điều kiện, FALSE)")
        }
        Sql::IsUnknown(_) | Sql::IsNotUnknown(_) => refused("IS UNKNOWN", "dùng IS NULL"),
        Sql::IsDistinctFrom(..) | Sql::IsNotDistinctFrom(..) => {
            refused("IS DISTINCT FROM", "dùng = cùng với IS NULL")
        }
        Sql::Extract { .. } => refused("EXTRACT", "lấy năm, tháng bằng year(…), month(…)"),
        Sql::Ceil { .. } | Sql::Floor { .. } => {
            refused("làm tròn", "số chỉ có + - * với số chữ số thập phân cố định")
        }
        Sql::Position { .. } | Sql::Substring { .. } | Sql::Trim { .. } | Sql::Overlay { .. } => {
            refused("hàm cắt, tìm trong chuỗi", "dùng matches_code hoặc một trường riêng")
        }
        Sql::Collate { .. } => refused("COLLATE", "chuỗi luôn so theo byte"),
        Sql::Tuple(_) => refused("bộ giá trị (a, b)", "so từng trường một, nối bằng AND"),
        Sql::Interval(_) => refused("INTERVAL", "cộng trừ số ngày: han + 1"),
        Sql::AtTimeZone { .. } => refused("AT TIME ZONE", "ngày luôn là ngày theo giờ Việt Nam (UTC+7)"),
        _ => refused(
            "cách viết này",
            "chỉ có + - *, so sánh, AND OR NOT, IS NULL, IN, BETWEEN, CASE, COALESCE và các hàm đã khai",
        ),
    }
}
