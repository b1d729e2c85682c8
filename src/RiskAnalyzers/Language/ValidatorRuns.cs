using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// Whether somebody runs the validators of a program: a behaviour or filter that runs all of them, or code that asks for one by its name. Only the program
/// that registers its validators can tell: of a library, whoever runs them may be elsewhere.
/// </summary>
internal sealed class ValidatorRuns
{
    private static readonly ConditionalWeakTable<Compilation, ValidatorRuns> Known = new();

    // What runs whatever validator there is for a request.
    private static readonly string[] General =
    {
        "AddFluentValidationAutoValidation", "AddFluentValidation(", "IPipelineBehavior", "AddOpenBehavior", "ValidationBehavio", "ValidationFilter", "ValidationPipeline", "ValidationMiddleware", "ValidationDecorator", "UseFluentValidation", "AddValidation(",
        "typeof(IValidator<>)", "IValidator<T>", "IValidator<TRequest>", "IValidator<TCommand>", "IValidator<TModel>", "IValidator<TQuery>", "IValidator<TMessage>", "IValidator<TInput>", "IValidator<TDto>", "IValidatorFactory", "IEndpointFilter", "UseWolverine", "AddFastEndpoints",
    };

    private readonly Compilation _compilation;
    private readonly Lazy<bool> _canTell;
    private readonly ConcurrentDictionary<string, bool> _unrun = new(StringComparer.Ordinal);

    private ValidatorRuns(Compilation compilation)
    {
        _compilation = compilation;
        _canTell = new(() => compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "AddValidatorsFrom")) && compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "WebApplication.Create") || TextSearch.Contains(tree, "IApplicationBuilder ")) && !compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, General)));
    }

    public static ValidatorRuns In(Compilation compilation) => Known.GetValue(compilation, all => new ValidatorRuns(all));

    /// <summary>Whether the validator is registered, and neither a behaviour nor anybody's call ever runs it.</summary>
    /// <param name="validator">The validator's class, for example <c>CreateOrderValidator</c>.</param>
    /// <param name="request">What it validates.</param>
    public bool NeverRuns(string validator, string request) => _canTell.Value && _unrun.GetOrAdd(validator, name => !_compilation.SyntaxTrees.Any(tree => IsUsed(tree, name, request)));

    private static bool IsUsed(SyntaxTree tree, string validator, string request)
    {
        if (TextSearch.Contains(tree, "IValidator<" + request + ">"))
            return true;
        // Its own file names it as well.
        return TextSearch.Contains(tree, validator) && (!TextSearch.Contains(tree, "class " + validator) || TextSearch.ContainsAny(tree, new[] { "new " + validator, "<" + validator + ">" }));
    }
}
