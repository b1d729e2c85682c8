using Microsoft.CodeAnalysis.CSharp.Syntax;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Tests.Language;

public sealed class CommentsTests
{
    private const string Code = """
        // of the unit
        namespace A
        {
            /// of the documentation
            // of the type
            class B // behind the type
            {
                // of the field
                int a = 1, b = 2;
                /* of the method */
                void C() // behind the method
                {
                    var url = "https://example.com"; // inside the method
                    var text = "/* no comment */" + '/' + @"// none";
                    var half = 4 / 2; /* one */ /* two */
                    #if NEVER
                    // not compiled
                    #endif
                }
                /** documentation */
                int D
                {
                    // of the accessor
                    get => 1;
                }
                // at the end of the type
            }
        }
        // at the end of the file
        """;

    [Theory]
    [InlineData(DocumentationMode.None)]
    [InlineData(DocumentationMode.Parse)]
    public void Each_declaration_has_its_own_comments_and_none_of_the_documentation_is_one(DocumentationMode mode)
    {
        var root = CSharpSyntaxTree.ParseText(Code, new CSharpParseOptions(documentationMode: mode), cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);

        Assert.Equal(["of the type", "behind the type", "at the end of the type"], Of<ClassDeclarationSyntax>());
        Assert.Equal(["of the method", "behind the method", "inside the method", "one", "two"], Of<MethodDeclarationSyntax>());
        Assert.Equal(["of the accessor"], Of<PropertyDeclarationSyntax>());
        Assert.Equal(["of the accessor"], Of<AccessorDeclarationSyntax>());
        Assert.Equal(["of the field"], Of<VariableDeclaratorSyntax>());
        Assert.Empty(Comments.Of(root.DescendantNodes().OfType<VariableDeclaratorSyntax>().ElementAt(1)));

        List<string> Of<TNode>()
            where TNode : SyntaxNode => [.. Comments.Of(root.DescendantNodes().OfType<TNode>().First()).Select(comment => comment.ToString().Trim('/', '*', ' '))];
    }

    [Theory]
    [InlineData("class A { } /")]
    [InlineData("class A { } //")]
    [InlineData("class A { } /*")]
    [InlineData("class A { } ///")]
    [InlineData("////")]
    [InlineData("/**/")]
    public void Half_typed_comments_are_no_trouble(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);

        Assert.InRange(Comments.Of(root).Count(), 0, 1);
    }
}
